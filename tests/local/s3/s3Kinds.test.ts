import assert from "node:assert/strict";
import { Clock } from "../../../local/clock";
import { Feed } from "../../../local/feed";
import { S3Service } from "../../../local/s3/s3Service";
import { cloud, resource } from "../serviceFixture";

describe("S3's resource kinds", () => {
  const clock = new Clock();
  let s3: S3Service;
  beforeEach(() => {
    s3 = new S3Service({ cloud, clock, feed: new Feed() });
  });

  const realise = (type: string, inputs: Record<string, unknown>): Promise<void> =>
    s3.realise(resource(s3, `aws:s3/${type}`, inputs));
  const outputs = (inputs: Record<string, unknown>): Readonly<Record<string, unknown>> =>
    resource(s3, "aws:s3/bucket:Bucket", inputs).outputs;

  it("answer the bucket's names as AWS does", () => {
    const { id, bucket, arn, bucketDomainName, bucketRegionalDomainName, region } = outputs({ bucket: "b-1" });
    assert.deepEqual([id, bucket, arn], ["b-1", "b-1", "arn:aws:s3:::b-1"]);
    assert.deepEqual(
      [bucketDomainName, bucketRegionalDomainName, region],
      ["b-1.s3.amazonaws.com", "b-1.s3.eu-central-1.amazonaws.com", "eu-central-1"],
    );
  });

  it("make a name up from the prefix or the logical name, in lower case and short enough", () => {
    const name = (inputs: object, physicalName: string): unknown =>
      s3.kinds[0]?.outputs({ name: "x", urn: "u", inputs: { ...inputs }, physicalName }, cloud)["bucket"];
    assert.equal(name({}, "Receipts-1234567"), "receipts-1234567");
    assert.equal(name({ bucketPrefix: "shop-" }, "Receipts-1234567"), "shop-1234567");
    assert.equal(name({}, `${"r".repeat(80)}-1234567`), `${"r".repeat(55)}-1234567`);
  });

  it("refuse the deprecated blocks of a bucket", () => {
    for (const input of ["acl", "versioning", "lifecycleRules", "serverSideEncryptionConfiguration", "policy"]) {
      assert.throws(() => outputs({ [input]: {} }), new RegExp(`does not know ${input}`));
    }
  });

  it("configure the bucket", async () => {
    await realise("bucket:Bucket", { bucket: "b-1", forceDestroy: true, tags: { a: "b" } });
    await realise("bucketVersioning:BucketVersioning", {
      bucket: "b-1",
      versioningConfiguration: { status: "Enabled" },
    });
    await realise("bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket: "b-1", blockPublicAcls: true });
    await realise("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
      bucket: "b-1",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "k" } }],
    });
    await realise("bucketOwnershipControls:BucketOwnershipControls", {
      bucket: "b-1",
      rule: { objectOwnership: "BucketOwnerPreferred" },
    });
    const bucket = s3.bucket("b-1");
    assert.deepEqual([bucket?.versioning, bucket?.objectOwnership], ["Enabled", "BucketOwnerPreferred"]);
    assert.equal(bucket?.encryption["x-amz-server-side-encryption"], "aws:kms");
  });

  it("name what is wrong, and where", async () => {
    await realise("bucket:Bucket", { bucket: "b-1" });
    const rules = (rule: object): Record<string, unknown> => ({ bucket: "b-1", rules: [rule] });
    const lifecycle = "bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    for (const [type, inputs, reason] of [
      ["bucket:Bucket", { bucket: "b-1" }, /^Error: thing: .*you already own it/],
      ["bucket:Bucket", { bucket: "B" }, /not valid/],
      ["bucketVersioning:BucketVersioning", { bucket: "none", versioningConfiguration: {} }, /bucket does not exist/],
      [
        "bucketVersioning:BucketVersioning",
        { bucket: "b-1", versioningConfiguration: { status: "on" } },
        /status must be one of Enabled, Suspended, Disabled, not "on"/,
      ],
      ["bucketPolicy:BucketPolicy", { bucket: "b-1", policy: "{" }, /policy is not JSON/],
      ["bucketPolicy:BucketPolicy", { bucket: "b-1", policy: "{}" }, /policy has no Statement/],
      [lifecycle, rules({ id: "a", status: "on" }), /rule a: status must be Enabled or Disabled/],
      [lifecycle, rules({ id: "a", status: "Enabled", expiration: { days: 0 } }), /days must be a whole number from 1/],
      [lifecycle, rules({ id: "a", status: "Enabled", archive: {} }), /does not know archive of rules/],
      [
        lifecycle,
        rules({
          id: "a",
          status: "Enabled",
          expiration: { days: 30 },
          transitions: [{ days: 30, storageClass: "GLACIER" }],
        }),
        /expiration.days must be greater than the 30 days of a transition/,
      ],
    ] as const) {
      await assert.rejects(realise(type, inputs), reason);
    }
  });

  it("say what IAM asks for, operation by operation", () => {
    const asks = (method: string, url: string, headers = {}, body = ""): string[] =>
      s3
        .permissionsOf({ method, url, headers, body: Buffer.from(body) })
        .map(({ action, resource: arn }) => `${action} ${arn}`);
    assert.deepEqual(asks("GET", "/b/k%20y?x-id=GetObject"), ["s3:GetObject arn:aws:s3:::b/k y"]);
    assert.deepEqual(asks("HEAD", "/b/k?versionId=1"), ["s3:GetObjectVersion arn:aws:s3:::b/k"]);
    assert.deepEqual(asks("GET", "/b?list-type=2"), ["s3:ListBucket arn:aws:s3:::b"]);
    assert.deepEqual(asks("GET", "/"), ["s3:ListAllMyBuckets *"]);
    assert.deepEqual(asks("PUT", "/b/k", { "x-amz-copy-source": "a/j%20k", "x-amz-tagging": "t=1" }), [
      "s3:PutObject arn:aws:s3:::b/k",
      "s3:GetObject arn:aws:s3:::a/j k",
      "s3:PutObjectTagging arn:aws:s3:::b/k",
    ]);
    assert.deepEqual(asks("GET", "/b/%FF"), ["s3:Unknown *"]);
  });
});
