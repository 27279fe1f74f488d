import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openS3, type S3Bench } from "./s3Bench";

const run = promisify(execFile);

describe("the aws command against S3", () => {
  let bench: S3Bench;
  let folder: string;
  before(async function () {
    await run("aws", ["--version"]).catch(() => this.skip());
    bench = await openS3();
    await bench.declare("aws:s3/bucket:Bucket", { bucket: "receipts" });
    folder = await mkdtemp(join(tmpdir(), "s3-"));
  });
  after(async () => {
    await bench?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  async function aws(...words: string[]): Promise<string> {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: "TESTER",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    return (await run("aws", [...words, "--endpoint-url", bench.url], { env })).stdout;
  }

  it("copies a document there, lists it, copies it back and removes it", async () => {
    const file = join(folder, "a.json");
    await writeFile(file, '{"orderId":"o-1"}');
    await aws("s3", "cp", file, "s3://receipts/receipts/2026/01/o 1+ü.json");
    assert.match(await aws("s3", "ls", "s3://receipts/receipts/2026/"), /PRE 01\/\n/);
    assert.match(await aws("s3", "ls", "s3://receipts", "--recursive"), / 17 receipts\/2026\/01\/o 1\+ü\.json\n/);
    await aws("s3", "cp", "s3://receipts/receipts/2026/01/o 1+ü.json", join(folder, "b.json"));
    assert.equal(await readFile(join(folder, "b.json"), "utf8"), '{"orderId":"o-1"}');
    await aws("s3", "rm", "s3://receipts", "--recursive");
    assert.ok(bench.s3.bucket("receipts")?.isEmpty);
  }).timeout(60_000);
});
