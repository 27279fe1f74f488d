import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
  SelectObjectContentCommand,
} from "@aws-sdk/client-s3";
import { cloud } from "../serviceFixture";
import { openS3, refused, send, type S3Bench } from "./s3Bench";

describe("buckets in S3", () => {
  let bench: S3Bench;
  beforeEach(async () => {
    bench = await openS3();
  });
  afterEach(() => bench.close());

  const Bucket = "my-bucket";
  const create = (input: object = {}): Promise<any> =>
    bench.client.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: cloud.region as "eu-central-1" },
        ...input,
      }),
    );

  it("are created, found, listed and deleted", async () => {
    await refused(bench.client.send(new HeadBucketCommand({ Bucket })), "NotFound", 404);
    await create();
    assert.equal((await bench.client.send(new HeadBucketCommand({ Bucket }))).BucketRegion, cloud.region);
    const { LocationConstraint } = await bench.client.send(new GetBucketLocationCommand({ Bucket }));
    assert.equal(LocationConstraint, cloud.region);
    const { Buckets } = await bench.client.send(new ListBucketsCommand({}));
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      [Bucket],
    );
    await bench.client.send(new DeleteBucketCommand({ Bucket }));
    await refused(bench.client.send(new DeleteBucketCommand({ Bucket })), "NoSuchBucket", 404);
  });

  it("are refused a second time, by a bad name and in another region", async () => {
    await create();
    await refused(create(), "BucketAlreadyOwnedByYou", 409);
    await refused(create({ Bucket: "My_Bucket" }), "InvalidBucketName", 400);
    await refused(create({ Bucket: "192.168.0.1" }), "InvalidBucketName", 400);
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
    await refused(create({ Bucket: "other", ...elsewhere }), "IllegalLocationConstraintException", 400);
    assert.match(await (await send(`${bench.url}/other`, "PUT")).text(), /The unspecified location constraint/);
  });

  it("are not deleted while anything is in them", async () => {
    await create();
    await bench.client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));
    await refused(bench.client.send(new DeleteBucketCommand({ Bucket })), "BucketNotEmpty", 409);
    await bench.client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await bench.client.send(new DeleteBucketCommand({ Bucket }));
  });

  it("have a policy when the program gave them one", async () => {
    await bench.declare("aws:s3/bucket:Bucket", { bucket: Bucket });
    await refused(bench.client.send(new GetBucketPolicyCommand({ Bucket })), "NoSuchBucketPolicy", 404);
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] };
    await bench.declare("aws:s3/bucketPolicy:BucketPolicy", { bucket: Bucket, policy });
    const { Policy } = await bench.client.send(new GetBucketPolicyCommand({ Bucket }));
    assert.deepEqual(JSON.parse(Policy ?? ""), policy);
  });

  it("refuse by name what has no stand-in", async () => {
    await create();
    for (const [command, name] of [
      [new CreateMultipartUploadCommand({ Bucket, Key: "a" }), "CreateMultipartUpload"],
      [new GetBucketAclCommand({ Bucket }), "GetBucketAcl"],
      [
        new SelectObjectContentCommand({
          Bucket,
          Key: "a",
          Expression: "SELECT *",
          ExpressionType: "SQL",
          InputSerialization: { JSON: { Type: "LINES" } },
          OutputSerialization: { JSON: {} },
        }),
        "SelectObjectContent",
      ],
    ] as const) {
      const error = await refused(bench.client.send(command as any), "NotImplemented", 501);
      assert.ok(error.message.includes(`the operation ${name} `), error.message);
    }
  });

  it("are reached with path style asked for, and by presigned URLs", async () => {
    await create();
    await bench.client.send(new PutObjectCommand({ Bucket, Key: "a b", Body: "hello" }));
    const credentials = { accessKeyId: "A", secretAccessKey: "b" };
    const client = new S3Client({ endpoint: bench.url, region: cloud.region, credentials, forcePathStyle: true });
    assert.equal((await client.send(new HeadObjectCommand({ Bucket, Key: "a b" }))).ContentLength, 5);
    client.destroy();
    const credential = encodeURIComponent("A/20260101/eu-central-1/s3/aws4_request");
    const answer = await fetch(`${bench.url}/${Bucket}/a%20b?X-Amz-Credential=${credential}&X-Amz-Signature=0`);
    assert.equal(await answer.text(), "hello");
    const old = await fetch(`${bench.url}/${Bucket}/a%20b?AWSAccessKeyId=A&Signature=0&Expires=1`);
    assert.equal(await old.text(), "hello");
  });

  it("answer errors as documents, escaped", async () => {
    await create();
    const answer = await send(`${bench.url}/${Bucket}/${encodeURIComponent("<a>&\r")}`, "GET");
    assert.equal(answer.headers.get("content-type"), "application/xml");
    assert.match(await answer.text(), /^<\?xml .*\n<Error><Code>NoSuchKey<\/Code>.*<Key>&#60;a&#62;&#38;&#13;<\/Key>/);
    assert.equal((await send(`${bench.url}/${Bucket}/%FF`, "GET")).status, 400);
  });
});
