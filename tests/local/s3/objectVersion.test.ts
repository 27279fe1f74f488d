import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { Bucket } from "../../../local/s3/bucket";
import type { StoredContent } from "../../../local/s3/objectVersion";

const content = (more: Partial<StoredContent> = {}): StoredContent => ({
  body: { length: 1, read: () => Buffer.from("a") },
  etag: '"a"',
  checksum: { algorithm: "crc32", value: "a" },
  headers: { "content-type": "application/json" },
  metadata: {},
  tags: { kind: "receipt" },
  storageClass: "STANDARD",
  encryption: { "x-amz-server-side-encryption": "AES256" },
  ...more,
});

describe("ObjectVersion", () => {
  it("has all that was stored, and its place", () => {
    const bucket = new Bucket({ name: "b", createdMs: 0, random: undefined });
    const stored = content();
    const version = bucket.put("k", stored, 7);
    assert.deepEqual({ ...version }, { ...stored, key: "k", versionId: "null", modifiedMs: 7, isDeleteMarker: false });
  });

  it("shares with the object before it what is the same, and nothing else", () => {
    const bucket = new Bucket({ name: "b", createdMs: 0, random: undefined });
    const first = bucket.put("1", content(), 1);
    const second = bucket.put("2", content({ etag: '"b"', tags: { kind: "note" } }), 2);
    assert.equal(second.headers, first.headers);
    assert.equal(second.encryption, first.encryption);
    assert.deepEqual([first.tags, second.tags], [{ kind: "receipt" }, { kind: "note" }]);
    assert.deepEqual([first.etag, second.etag], ['"a"', '"b"']);
  });
});
