import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ContentFile } from "../../../local/s3/contentFile";
import { Bucket } from "../../../local/s3/bucket";
import type { NewContent } from "../../../local/s3/objectVersion";

const content = (more: Partial<NewContent> = {}): NewContent => ({
  body: Buffer.from("body"),
  etag: '"a"',
  checksum: { algorithm: "crc32", value: "a" },
  headers: { "content-type": "application/json" },
  metadata: JSON.parse('{ "__proto__": "x", "name": "Zoë" }') as Record<string, string>,
  tags: { kind: "receipt" },
  storageClass: "STANDARD",
  encryption: { "x-amz-server-side-encryption": "AES256" },
  ...more,
});

describe("ObjectVersion", () => {
  const file = new ContentFile();
  const bucket = new Bucket({ name: "b", createdMs: 0, random: undefined, file });
  after(() => file.close());

  it("has all that was stored, and its place, whatever is stored after it", () => {
    const given = [content(), content({ etag: '"b"', tags: {}, body: Buffer.alloc(0) }), content({ metadata: {} })];
    const versions = given.map((each, at) => bucket.put(`key-${at}`, each, at));
    for (const [at, version] of versions.entries()) {
      const { etag, checksum, headers, metadata, tags, storageClass, encryption } = version;
      const body = version.body.read();
      assert.deepEqual({ body, etag, checksum, headers, metadata, tags, storageClass, encryption }, given[at]);
      assert.equal(version.body.length, given[at]?.body.length);
      assert.deepEqual([version.key, version.modifiedMs, version.isDeleteMarker], [`key-${at}`, at, false]);
    }
  });
});
