import assert from "node:assert/strict";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { openS3, type S3Bench } from "./s3Bench";

const Bucket = "receipts";
const HOUR = 3600;
const DAY = 24 * HOUR;

describe("lifecycle rules in S3", () => {
  let bench: S3Bench;
  beforeEach(async () => {
    bench = await openS3();
    await bench.declare("aws:s3/bucket:Bucket", { bucket: Bucket });
  });
  afterEach(() => bench.close());

  async function start(rules: object[], status = "Disabled"): Promise<void> {
    await bench.declare("aws:s3/bucketVersioning:BucketVersioning", {
      bucket: Bucket,
      versioningConfiguration: { status },
    });
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    await bench.declare(type, { bucket: Bucket, rules });
    await bench.s3.start();
  }
  const put = (Key: string, input: object = {}): Promise<any> =>
    bench.client.send(new PutObjectCommand({ Bucket, Key, Body: Key, ...input }));
  const keys = (): readonly string[] => bench.s3.bucket(Bucket)?.keys() ?? [];
  const states = (key: string): string[] =>
    (bench.s3.bucket(Bucket)?.versionsOf(key) ?? []).map(({ isDeleteMarker }) =>
      isDeleteMarker ? "marker" : "object",
    );

  it("expire objects at the midnight after their days, by prefix", async () => {
    await start([{ id: "short", status: "Enabled", filter: { prefix: "tmp/" }, expiration: { days: 2 } }]);
    const told: string[] = [];
    bench.feed.on("object", ({ key, what }) => told.push(`${what} ${key}`));
    await bench.clock.advance(10 * HOUR);
    const { Expiration } = await put("tmp/a");
    await put("kept/a");
    assert.equal(Expiration, 'expiry-date="Sun, 04 Jan 2026 00:00:00 GMT", rule-id="short"');
    await bench.clock.advance(2 * DAY);
    assert.deepEqual(keys(), ["kept/a", "tmp/a"]);
    await bench.clock.advance(14 * HOUR);
    assert.deepEqual(keys(), ["kept/a"]);
    assert.deepEqual(told, ["stored tmp/a", "stored kept/a", "expired tmp/a"]);
  });

  it("put a marker over an object with versions, then take the version and the marker", async () => {
    const rule = {
      id: "all",
      status: "Enabled",
      expiration: { days: 1 },
      noncurrentVersionExpiration: { noncurrentDays: 3 },
      transitions: [],
    };
    await start([rule], "Enabled");
    await put("a");
    await bench.clock.advance(DAY);
    assert.deepEqual(states("a"), ["marker", "object"]);
    await bench.clock.advance(2 * DAY);
    assert.deepEqual(states("a"), ["marker", "object"]);
    await bench.clock.advance(DAY);
    assert.deepEqual(states("a"), ["marker"]);
    await bench.clock.advance(DAY);
    assert.deepEqual(states("a"), []);
  });

  it("keep the newest of the replaced versions when asked", async () => {
    const noncurrentVersionExpiration = { noncurrentDays: 1, newerNoncurrentVersions: 2 };
    await start([{ id: "history", status: "Enabled", noncurrentVersionExpiration }], "Enabled");
    for (let n = 0; n < 5; n++) await put("a");
    await bench.clock.advance(2 * DAY);
    assert.equal(states("a").length, 3);
  });

  it("take markers with nothing under them when asked", async () => {
    await start([{ id: "markers", status: "Enabled", expiration: { expiredObjectDeleteMarker: true } }], "Enabled");
    await put("a");
    await bench.client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await bench.client.send(new DeleteObjectCommand({ Bucket, Key: "b" }));
    await bench.clock.advance(DAY);
    assert.deepEqual(keys(), ["a"]);
  });

  it("look at tags and sizes", async () => {
    const and = { prefix: "a", tags: { keep: "no" }, objectSizeGreaterThan: 1 };
    await start([
      { id: "both", status: "Enabled", filter: { and }, expiration: { days: 1 } },
      { id: "tag", status: "Enabled", filter: { tag: { key: "x", value: "y" } }, expiration: { date: "2026-01-03" } },
    ]);
    await put("a", { Tagging: "keep=no" });
    await put("ab", { Tagging: "keep=no" });
    await put("abc");
    await put("b", { Tagging: "x=y" });
    await bench.clock.advance(DAY);
    assert.deepEqual(keys(), ["a", "abc", "b"]);
    await bench.clock.advance(DAY);
    assert.deepEqual(keys(), ["a", "abc"]);
  });

  it("do nothing while they are disabled, or after the service has stopped", async () => {
    await start([{ id: "off", status: "Disabled", expiration: { days: 1 } }]);
    await put("a");
    await bench.clock.advance(3 * DAY);
    assert.deepEqual(keys(), ["a"]);
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    await bench.declare(type, { bucket: Bucket, rules: [{ id: "on", status: "Enabled", expiration: { days: 1 } }] });
    await bench.s3.start();
    await bench.s3.stop();
    await bench.clock.advance(3 * DAY);
    assert.deepEqual(keys(), ["a"]);
  });
});
