import assert from "node:assert/strict";
import { ListObjectsCommand, ListObjectsV2Command, paginateListObjectsV2, PutObjectCommand } from "@aws-sdk/client-s3";
import { openS3, refused, send, type S3Bench } from "./s3Bench";

const Bucket = "receipts";

describe("lists of objects in S3", () => {
  let bench: S3Bench;
  before(async () => {
    bench = await openS3();
    await bench.declare("aws:s3/bucket:Bucket", { bucket: Bucket });
    for (const Key of ["z", "2026/02/a", "2026/01/b", "2026/01/a", "𝒳", "\uffff", "2026.txt", "x\u0001<&>"]) {
      await bench.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    }
  });
  after(() => bench.close());

  const list = (input: object = {}): Promise<any> => bench.client.send(new ListObjectsV2Command({ Bucket, ...input }));
  const keys = ({ Contents = [] }: any): string[] => Contents.map(({ Key }: any) => Key);
  const prefixes = ({ CommonPrefixes = [] }: any): string[] => CommonPrefixes.map(({ Prefix }: any) => Prefix);

  it("are in the order of the bytes of the keys", async () => {
    const listed = keys(await list({ EncodingType: "url" })).map(decodeURIComponent);
    assert.deepEqual(listed, ["2026.txt", "2026/01/a", "2026/01/b", "2026/02/a", "x\u0001<&>", "z", "\uffff", "𝒳"]);
  });

  it("tell size, digest, time and class of each", async () => {
    const { Contents, KeyCount, IsTruncated } = await list({ Prefix: "2026/01/a" });
    assert.deepEqual([KeyCount, IsTruncated], [1, false]);
    assert.deepEqual(
      [Contents[0].Size, Contents[0].StorageClass, Contents[0].LastModified.getTime()],
      [9, "STANDARD", bench.clock.now()],
    );
    assert.equal(Contents[0].Owner, undefined);
    assert.ok((await list({ Prefix: "z", FetchOwner: true })).Contents[0].Owner.ID);
  });

  it("fold keys at the delimiter after the prefix", async () => {
    const top = await list({ Delimiter: "/", Prefix: "2" });
    assert.deepEqual([keys(top), prefixes(top), top.KeyCount], [["2026.txt"], ["2026/"], 2]);
    const year = await list({ Delimiter: "/", Prefix: "2026/" });
    assert.deepEqual([keys(year), prefixes(year)], [[], ["2026/01/", "2026/02/"]]);
  });

  it("go on where the page ended, in whatever sizes, without a key or prefix twice", async () => {
    for (const pageSize of [1, 2, 3, 100]) {
      const seen: string[] = [];
      const input = { Bucket, Delimiter: "/", EncodingType: "url" } as const;
      const pages = paginateListObjectsV2({ client: bench.client, pageSize }, input);
      for await (const page of pages) seen.push(...keys(page), ...prefixes(page));
      assert.deepEqual(seen.map(decodeURIComponent).sort(), ["2026.txt", "2026/", "x\u0001<&>", "z", "𝒳", "\uffff"]);
    }
    await refused(list({ ContinuationToken: "!" }), "InvalidArgument", 400);
  });

  it("begin after a key, and hold none when none are wanted", async () => {
    assert.deepEqual(keys(await list({ StartAfter: "2026/02", MaxKeys: 1 })), ["2026/02/a"]);
    assert.deepEqual(keys(await list({ StartAfter: "2026/01/a", Prefix: "2026" })), ["2026/01/b", "2026/02/a"]);
    const none = await list({ MaxKeys: 0 });
    assert.deepEqual([keys(none), none.IsTruncated], [[], false]);
    assert.equal((await send(`${bench.url}/${Bucket}?list-type=2&max-keys=-1`, "GET")).status, 400);
  });

  it("come in the old form too", async () => {
    const first: any = await bench.client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 2 }));
    assert.deepEqual([keys(first), prefixes(first), first.NextMarker], [["2026.txt"], ["2026/"], "2026/"]);
    const next: any = await bench.client.send(
      new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: first.NextMarker, EncodingType: "url" }),
    );
    assert.deepEqual(prefixes(next), []);
    assert.equal(keys(next).length, 4);
  });
});
