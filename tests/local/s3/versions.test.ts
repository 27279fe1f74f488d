import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { openS3, refused, send, type S3Bench } from "./s3Bench";

const Bucket = "receipts";
const Key = "a.json";

describe("versions in S3", () => {
  let bench: S3Bench;
  beforeEach(async () => {
    bench = await openS3();
    await bench.declare("aws:s3/bucket:Bucket", { bucket: Bucket });
  });
  afterEach(() => bench.close());

  const versioning = (status: string): Promise<void> =>
    bench.declare("aws:s3/bucketVersioning:BucketVersioning", { bucket: Bucket, versioningConfiguration: { status } });
  const put = (Body: string, input: object = {}): Promise<any> =>
    bench.client.send(new PutObjectCommand({ Bucket, Key, Body, ...input }));
  const get = (input: object = {}): Promise<any> => bench.client.send(new GetObjectCommand({ Bucket, Key, ...input }));
  const text = async (input: object = {}): Promise<string> => (await get(input)).Body.transformToString();
  const remove = (input: object = {}): Promise<any> =>
    bench.client.send(new DeleteObjectCommand({ Bucket, Key, ...input }));
  const versions = (input: object = {}): Promise<any> =>
    bench.client.send(new ListObjectVersionsCommand({ Bucket, ...input }));

  it("are not kept in a bucket without versioning, where a deletion is final", async () => {
    await put("one");
    await put("two");
    const { Versions } = await versions();
    assert.deepEqual(
      Versions.map((version: any) => version.VersionId),
      ["null"],
    );
    const answer = await remove();
    assert.deepEqual([answer.DeleteMarker, answer.VersionId], [undefined, undefined]);
    await refused(get(), "NoSuchKey", 404);
    await remove();
    assert.equal((await versions()).DeleteMarkers, undefined);
  });

  it("are all kept once versioning is on, beside what was there before", async () => {
    await put("before");
    await versioning("Enabled");
    const { VersionId: first } = await put("one");
    const { VersionId: second } = await put("two");
    assert.notEqual(first, second);
    assert.equal(await text(), "two");
    assert.equal(await text({ VersionId: first }), "one");
    assert.equal(await text({ VersionId: "null" }), "before");
    const { Versions } = await versions();
    assert.deepEqual(
      Versions.map((version: any) => [version.VersionId, version.IsLatest]),
      [
        [second, true],
        [first, false],
        ["null", false],
      ],
    );
  });

  it("survive a deletion under a delete marker, whose own deletion brings the object back", async () => {
    await versioning("Enabled");
    const { VersionId: first } = await put("one");
    const { DeleteMarker, VersionId: marker } = await remove();
    assert.equal(DeleteMarker, true);
    await refused(get(), "NoSuchKey", 404);
    assert.equal(await text({ VersionId: first }), "one");
    await refused(get({ VersionId: marker }), "MethodNotAllowed", 405);
    const head = bench.client.send(new HeadObjectCommand({ Bucket, Key, VersionId: marker }));
    await assert.rejects(head, ({ $metadata }: any) => $metadata.httpStatusCode === 405);
    const raw = await send(`${bench.url}/${Bucket}/${Key}`, "GET");
    assert.deepEqual([raw.headers.get("x-amz-delete-marker"), raw.headers.get("x-amz-version-id")], ["true", marker]);
    assert.equal((await remove({ VersionId: marker })).DeleteMarker, true);
    assert.equal(await text(), "one");
  });

  it("are taken away for good by their id alone", async () => {
    await versioning("Enabled");
    const { VersionId: first } = await put("one");
    const { VersionId: second } = await put("two");
    await remove({ VersionId: second });
    assert.equal(await text(), "one");
    await refused(get({ VersionId: second }), "NoSuchVersion", 404);
    await refused(get({ VersionId: "nonsense" }), "InvalidArgument", 400);
    await remove({ VersionId: second });
    await remove({ VersionId: first });
    assert.ok(bench.s3.bucket(Bucket)?.isEmpty);
  });

  it("are written and deleted as the null version while versioning is suspended", async () => {
    await versioning("Enabled");
    const { VersionId: first } = await put("one");
    await bench.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
    );
    await put("two");
    await put("three");
    const { Versions } = await versions();
    assert.deepEqual(
      Versions.map((version: any) => version.VersionId),
      ["null", first],
    );
    assert.equal((await remove()).VersionId, "null");
    const after = await versions();
    assert.deepEqual([after.Versions.length, after.DeleteMarkers.length], [1, 1]);
    const { Status } = await bench.client.send(new GetBucketVersioningCommand({ Bucket }));
    assert.equal(Status, "Suspended");
  });

  it("let If-None-Match: * write over a delete marker", async () => {
    await versioning("Enabled");
    await put("one", { IfNoneMatch: "*" });
    await refused(put("two", { IfNoneMatch: "*" }), "PreconditionFailed", 412);
    await remove();
    await put("three", { IfNoneMatch: "*" });
    assert.equal(await text(), "three");
  });

  it("are deleted only in the state that If-Match names", async () => {
    const { ETag } = await put("one");
    await refused(remove({ IfMatch: '"other"' }), "PreconditionFailed", 412);
    await remove({ IfMatch: ETag });
    await refused(remove({ IfMatch: "*" }), "PreconditionFailed", 412);
  });

  it("are deleted many at a time, each for itself", async () => {
    await versioning("Enabled");
    const { VersionId } = await put("one");
    await put("x", { Key: "b<&>" });
    const answer: any = await bench.client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key, VersionId }, { Key: "b<&>" }, { Key: "c", VersionId: "nonsense" }] },
      }),
    );
    assert.deepEqual(
      answer.Deleted.map((deleted: any) => [deleted.Key, deleted.VersionId, deleted.DeleteMarker]),
      [
        [Key, VersionId, undefined],
        ["b<&>", undefined, true],
      ],
    );
    assert.deepEqual(
      answer.Errors.map((error: any) => [error.Key, error.Code]),
      [["c", "InvalidArgument"]],
    );
    const quiet: any = await bench.client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: "b<&>" }] } }),
    );
    assert.equal(quiet.Deleted, undefined);
  });

  it("are not deleted many at a time without a digest, or by a body that is not a list", async () => {
    const refusal = async (body: string, headers: Record<string, string>): Promise<string> =>
      (await (await send(`${bench.url}/${Bucket}?delete`, "POST", headers, body)).text()).replace(
        /.*<Code>(\w+).*/s,
        "$1",
      );
    assert.equal(await refusal("<Delete><Object><Key>a</Key></Object></Delete>", {}), "InvalidRequest");
    assert.equal(await refusal("<Delete>", { "content-md5": "zR0Hc4EAJQ1K7DkQTVD2TQ==" }), "BadDigest");
    assert.equal(await refusal("nothing", { "content-md5": "PjawQyxCbgHYunPf3pAYfg==" }), "BadDigest");
  });

  it("can be the source of a copy, unless they are delete markers", async () => {
    await versioning("Enabled");
    const { VersionId: first } = await put("one");
    await put("two");
    const { VersionId: marker } = await remove();
    const copy = (versionId: string): Promise<any> =>
      bench.client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `/${Bucket}/${Key}?versionId=${versionId}` }));
    assert.equal((await copy(first)).CopySourceVersionId, first);
    assert.equal(await text(), "one");
    await refused(copy(marker), "InvalidRequest", 400);
  });

  it("are listed page by page, within and across keys", async () => {
    await versioning("Enabled");
    for (const name of ["a", "b", "c/1", "c/2"]) for (const body of ["1", "2"]) await put(body, { Key: name });
    await remove({ Key: "b" });
    const seen: string[] = [];
    let markers = {};
    for (;;) {
      const page = await versions({ MaxKeys: 2, Delimiter: "/", ...markers });
      seen.push(...(page.Versions ?? []).map((version: any) => version.Key));
      seen.push(...(page.DeleteMarkers ?? []).map((marker: any) => `${marker.Key}!`));
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }: any) => Prefix));
      if (page.IsTruncated !== true) break;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    assert.deepEqual(seen.sort(), ["a", "a", "b", "b", "b!", "c/"]);
    await refused(versions({ VersionIdMarker: "x" }), "InvalidArgument", 400);
  });
});
