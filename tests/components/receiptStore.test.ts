import assert from "node:assert/strict";
import { ReceiptStore } from "../../components/receiptStore";
import { s3Kinds } from "../../local/s3/s3Kinds";
import { lifecycleRulesOf } from "../../local/s3/lifecycleRule";
import { arnOf, deploy, only, type Requested } from "./deployment";

describe("ReceiptStore", () => {
  let resources: readonly Requested[];
  const build = async (protectData: boolean, stack = "dev") =>
    (await deploy(() => new ReceiptStore("receipts", { retentionDays: 3653, protectData }), stack)).resources;
  before(async () => {
    resources = await build(true);
  });

  const inputs = (name: string): Record<string, any> => only(resources, `receipts-${name}`).inputs;

  it("is closed to the public, encrypted, without ACLs, and answers over TLS only", () => {
    const { bucket: _, ...block } = inputs("public-access");
    assert.deepEqual(new Set(Object.values(block)), new Set([true]));
    assert.equal(Object.keys(block).length, 4);
    assert.deepEqual(inputs("encryption")["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    assert.deepEqual(inputs("ownership")["rule"], { objectOwnership: "BucketOwnerEnforced" });
    const [deny, ...rest] = JSON.parse(inputs("policy")["policy"]).Statement;
    assert.deepEqual(rest, []);
    const { Sid: _sid, ...statement } = deny;
    assert.deepEqual(statement, {
      ...{ Effect: "Deny", Principal: "*", Action: "s3:*" },
      Resource: [arnOf("receipts-bucket"), `${arnOf("receipts-bucket")}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("keeps receipts for their time, and what was written over for a month", () => {
    assert.deepEqual(inputs("versions")["versioningConfiguration"], { status: "Enabled" });
    const [receipts, markers, ...rest] = lifecycleRulesOf(inputs("lifecycle")["rules"]);
    assert.deepEqual([receipts?.prefix, receipts?.expirationDays, receipts?.noncurrentDays], ["receipts/", 3653, 30]);
    assert.deepEqual([markers?.prefix, markers?.expiresMarkers], ["", true]);
    assert.ok(rest.every(({ expirationDays, noncurrentDays }) => (expirationDays ?? noncurrentDays) === undefined));
  });

  it("is emptied with its deletion only where data is not protected", async () => {
    assert.equal(inputs("bucket")["forceDestroy"], false);
    assert.equal(only(await build(false), "receipts-bucket").inputs["forceDestroy"], true);
  });

  it("has a name that S3 takes, from project and stack", async () => {
    const prefix = async (stack: string): Promise<string> =>
      only(await build(true, stack), "receipts-bucket").inputs["bucketPrefix"];
    assert.equal(await prefix("dev"), "orderflow-dev-receipts-");
    assert.equal(await prefix("Review_of.a-very-long-branch-name"), "orderflow-review-of-a-very--receipts-");
  });

  it("is made of what the local runtime has stand-ins for", () => {
    const kinds = new Map(s3Kinds.map((kind) => [kind.type, new Set([...kind.honours, ...kind.withoutLocalEffect])]));
    for (const { type, inputs: given } of resources) {
      for (const input of Object.keys(given)) assert.ok(kinds.get(type)?.has(input), `${type} ${input}`);
    }
  });

  it("names a retention that it cannot keep", async () => {
    await assert.rejects(
      deploy(() => new ReceiptStore("receipts", { retentionDays: 0, protectData: false })),
      { message: 'ReceiptStore "receipts": retentionDays must be a whole number from 1 to 36500, not 0.' },
    );
  });
});
