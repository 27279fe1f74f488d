import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { openS3, refused, send, type S3Bench } from "./s3Bench";

const BUCKET = "receipts";
const KEY = "receipts/2026/01/o-1.json";
const DOCUMENT = JSON.stringify({ orderId: "o-1", total: "109.97 €" });

describe("objects in S3", () => {
  let bench: S3Bench;
  beforeEach(async () => {
    bench = await openS3();
    await bench.declare("aws:s3/bucket:Bucket", { bucket: BUCKET });
  });
  afterEach(() => bench.close());

  const put = (input: Partial<PutObjectCommandInput> = {}): Promise<any> =>
    bench.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: DOCUMENT, ...input }));
  const get = (input: object = {}): Promise<any> =>
    bench.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY, ...input }));
  const head = (input: object = {}): Promise<any> =>
    bench.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY, ...input }));
  const text = async (input: object = {}): Promise<string> => (await get(input)).Body.transformToString();

  it("come back as they were written, with type, metadata, tags and digest", async () => {
    const { ETag, ChecksumCRC32 } = await put({
      ContentType: "application/json",
      CacheControl: "no-store",
      Metadata: { orderid: "o-1" },
      Tagging: "kind=receipt&team=orders%20%26%20co",
    });
    const answer = await get();
    assert.equal(await answer.Body.transformToString(), DOCUMENT);
    assert.equal(ETag, `"${createHash("md5").update(DOCUMENT).digest("hex")}"`);
    assert.equal(answer.ETag, ETag);
    assert.equal(answer.ChecksumCRC32, ChecksumCRC32);
    assert.deepEqual([answer.ContentType, answer.CacheControl], ["application/json", "no-store"]);
    assert.deepEqual(answer.Metadata, { orderid: "o-1" });
    assert.deepEqual([answer.TagCount, answer.VersionId], [2, undefined]);
    assert.equal(answer.LastModified.toISOString(), "2026-01-01T00:00:00.000Z");
    const { TagSet } = await bench.client.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: KEY }));
    assert.deepEqual(TagSet?.at(-1), { Key: "team", Value: "orders & co" });
  });

  it("are told of by HEAD without their content", async () => {
    await put();
    const answer = await head();
    assert.equal(answer.ContentLength, Buffer.byteLength(DOCUMENT));
    assert.equal(answer.ServerSideEncryption, "AES256");
    await refused(head({ Key: "none" }), "NotFound", 404);
  });

  it("that do not exist are NoSuchKey, in a bucket that does not exist NoSuchBucket", async () => {
    assert.equal((await refused(get(), "NoSuchKey", 404)).message, "The specified key does not exist.");
    await refused(get({ Bucket: "no-such" }), "NoSuchBucket", 404);
  });

  it("keep keys that a URL parser would change", async () => {
    for (const Key of ["a/../b", "a//b", "./c", "d e+f%2Fg?h#i", "ü/𝒳", "50%"]) {
      await put({ Key, Body: Key });
      assert.equal(await text({ Key }), Key);
    }
  });

  it("are created once under If-None-Match: *, however many try", async () => {
    const tries = await Promise.allSettled([1, 2, 3, 4].map((n) => put({ Body: `${n}`, IfNoneMatch: "*" })));
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
    await refused(put({ IfNoneMatch: "*" }), "PreconditionFailed", 412);
  });

  it("are replaced only in the state that If-Match names", async () => {
    await refused(put({ IfMatch: '"0"' }), "NoSuchKey", 404);
    const { ETag } = await put();
    await put({ Body: "second", IfMatch: ETag });
    const error = await refused(put({ Body: "third", IfMatch: ETag }), "PreconditionFailed", 412);
    assert.equal(error.Condition, "If-Match");
    assert.equal(await text(), "second");
  });

  it("answer 304 to a reader who has them, and 412 to one who wants another state", async () => {
    const { ETag } = await put();
    await refused(get({ IfNoneMatch: ETag }), "Unknown", 304);
    await refused(get({ IfModifiedSince: new Date("2026-01-01T00:00:00Z") }), "Unknown", 304);
    await refused(get({ IfMatch: '"other"' }), "PreconditionFailed", 412);
    await refused(get({ IfUnmodifiedSince: new Date("2025-12-31T23:59:59Z") }), "PreconditionFailed", 412);
    await get({ IfMatch: ETag, IfUnmodifiedSince: new Date("2025-12-31T23:59:59Z") });
    await get({ IfNoneMatch: '"other"', IfModifiedSince: new Date("2026-01-02T00:00:00Z") });
  });

  it("can be read in part", async () => {
    await put({ Body: "0123456789" });
    for (const [Range, part, place] of [
      ["bytes=2-4", "234", "bytes 2-4/10"],
      ["bytes=7-", "789", "bytes 7-9/10"],
      ["bytes=-2", "89", "bytes 8-9/10"],
      ["bytes=8-99", "89", "bytes 8-9/10"],
    ]) {
      const answer = await get({ Range });
      assert.deepEqual([await answer.Body.transformToString(), answer.ContentRange], [part, place]);
    }
    await refused(get({ Range: "bytes=10-" }), "InvalidRange", 416);
    assert.equal(await text({ Range: "bytes=4-2" }), "0123456789");
  });

  it("are answered with other headers when the reader asks", async () => {
    await put();
    const answer = await get({ ResponseContentType: "text/plain", ResponseContentDisposition: "attachment" });
    assert.deepEqual([answer.ContentType, answer.ContentDisposition], ["text/plain", "attachment"]);
    const url = `${bench.url}/${BUCKET}/${KEY}?response-expires=%0D%0ASet-Cookie:a`;
    assert.match(await (await send(url, "GET")).text(), /<Code>InvalidArgument<\/Code>/);
  });

  it("can be written as a stream, whose checksum comes after the content", async () => {
    const chunks = [Buffer.alloc(70_000, "a"), Buffer.alloc(5_000, "b")];
    const body = Buffer.concat(chunks);
    await put({ Body: Readable.from(chunks), ContentLength: body.length, ContentEncoding: "gzip" });
    const answer = await get();
    assert.ok(body.equals(await answer.Body.transformToByteArray()));
    assert.equal(answer.ContentEncoding, "gzip");
    assert.match(answer.ChecksumCRC32, /^.{8}$/);
  });

  for (const algorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const) {
    it(`are verified by ${algorithm} on both sides`, async () => {
      const answer = await put({ ChecksumAlgorithm: algorithm });
      const field = `Checksum${algorithm}`;
      assert.equal((await get())[field], answer[field]);
      const wrong = Buffer.from(answer[field], "base64").fill(1).toString("base64");
      await refused(put({ [field]: wrong }), "BadDigest", 400);
      await refused(put({ [field]: "short" }), "InvalidRequest", 400);
    });
  }

  it("are verified by Content-MD5", async () => {
    const digest = (content: string): string => createHash("md5").update(content).digest("base64");
    await put({ ContentMD5: digest(DOCUMENT) });
    await refused(put({ ContentMD5: digest("other") }), "BadDigest", 400);
    await refused(put({ ContentMD5: "abc" }), "InvalidDigest", 400);
  });

  it("have a checksum also when the writer gives none", async () => {
    const answer = await send(`${bench.url}/${BUCKET}/plain`, "PUT", {}, "123456789");
    assert.equal(answer.headers.get("x-amz-checksum-crc64nvme"), "rosUhgp5mIg=");
  });

  it("are copied with what belongs to them, or with what the copy brings", async () => {
    await put({ ContentType: "application/json", Metadata: { a: "1" }, Tagging: "t=1" });
    const copy = (input: object): Promise<any> =>
      bench.client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "b", CopySource: `${BUCKET}/${KEY}`, ...input }));
    const { CopyObjectResult } = await copy({});
    const copied = await get({ Key: "b" });
    assert.equal(copied.ETag, CopyObjectResult.ETag);
    assert.deepEqual([copied.ContentType, copied.Metadata, copied.TagCount], ["application/json", { a: "1" }, 1]);
    await copy({ MetadataDirective: "REPLACE", Metadata: { b: "2" }, ContentType: "text/plain" });
    const replaced = await get({ Key: "b" });
    assert.deepEqual([replaced.ContentType, replaced.Metadata], ["text/plain", { b: "2" }]);
    await refused(copy({ Key: KEY }), "InvalidRequest", 400);
    await refused(copy({ CopySource: `${BUCKET}/none` }), "NoSuchKey", 404);
    await refused(copy({ CopySourceIfMatch: '"other"' }), "PreconditionFailed", 412);
  });

  it("refuse what they cannot carry", async () => {
    await refused(put({ Key: "k".repeat(1025) }), "KeyTooLongError", 400);
    await refused(put({ Metadata: { long: "x".repeat(2100) } }), "MetadataTooLarge", 400);
    await refused(put({ Tagging: "a=1&a=2" }), "InvalidArgument", 400);
    await refused(put({ ACL: "public-read" }), "AccessControlListNotSupported", 400);
    await refused(put({ WebsiteRedirectLocation: "/x" }), "NotImplemented", 501);
    await refused(put({ ExpectedBucketOwner: "999999999999" }), "AccessDenied", 403);
  });

  it("tell the feed that they were stored", async () => {
    const told: unknown[] = [];
    bench.feed.on("object", (event) => told.push(event));
    await put();
    assert.deepEqual(told, [
      { bucket: BUCKET, key: KEY, versionId: "null", what: "stored", timeMs: bench.clock.now() },
    ]);
  });
});
