import { createHash } from "node:crypto";
import type { Cloud } from "../resource";
import type { Bucket } from "./bucket";
import type { Buckets } from "./buckets";
import {
  keysAfter,
  keysAfterPrefix,
  listElements,
  listQueryOf,
  pageOf,
  type ListPage,
  type ListQuery,
} from "./listPage";
import { xmlDate, xmlReply } from "./objectReply";
import type { ObjectVersion } from "./objectVersion";
import { invalidArgument } from "./s3Error";
import type { S3Operation } from "./s3Operation";

export function objectLists(buckets: Buckets): Readonly<Record<string, S3Operation>> {
  return {
    ListObjectsV2(request) {
      const bucket = buckets.get(request.bucket);
      const query = listQueryOf(request);
      const startAfter = request.parameter("start-after");
      const token = request.parameter("continuation-token");
      const keys = token === undefined ? keysAfter(bucket.keys(), startAfter ?? "") : keysAfterToken(bucket, token);
      const page = pageOf(currentOf(bucket, keys), query);
      const owner = request.parameter("fetch-owner") === "true" ? ownerOf(buckets.cloud) : undefined;
      return xmlReply("ListBucketResult", {
        ...listElements(bucket.name, query),
        ContinuationToken: token,
        StartAfter: startAfter === undefined ? undefined : query.encode(startAfter),
        KeyCount: page.items.length + page.commonPrefixes.length,
        IsTruncated: page.isTruncated,
        NextContinuationToken: page.isTruncated ? tokenAfter(page) : undefined,
        ...contents(page, query, owner),
      });
    },
    ListObjects(request) {
      const bucket = buckets.get(request.bucket);
      const query = listQueryOf(request);
      const marker = request.parameter("marker") ?? "";
      const page = pageOf(currentOf(bucket, keysAfterMarker(bucket, marker, query)), query);
      const isTold = page.isTruncated && query.delimiter !== "";
      return xmlReply("ListBucketResult", {
        ...listElements(bucket.name, query),
        Marker: query.encode(marker),
        IsTruncated: page.isTruncated,
        NextMarker: isTold ? query.encode(page.lastPrefix ?? page.lastItem?.key ?? "") : undefined,
        ...contents(page, query, ownerOf(buckets.cloud)),
      });
    },
  };
}

/** The one account that owns all, with an id of the form that S3 gives accounts. */
export function ownerOf({ accountId }: Cloud): object {
  return { ID: createHash("sha256").update(accountId).digest("hex"), DisplayName: "local" };
}

/** A marker that is a common prefix, as a listing with a delimiter told it, stands for all that is in it. */
export function keysAfterMarker(bucket: Bucket, marker: string, { delimiter }: ListQuery): readonly string[] {
  const isPrefix = marker !== "" && delimiter !== "" && marker.endsWith(delimiter);
  return isPrefix ? keysAfterPrefix(bucket.keys(), marker) : keysAfter(bucket.keys(), marker);
}

function* currentOf(bucket: Bucket, keys: readonly string[]): Iterable<ObjectVersion> {
  for (const key of keys) {
    const version = bucket.current(key);
    if (version !== undefined) yield version;
  }
}

function contents(
  { items, commonPrefixes }: ListPage<ObjectVersion>,
  { encode }: ListQuery,
  Owner: object | undefined,
): object {
  return {
    Contents: items.map(({ key, modifiedMs, etag, body, storageClass, checksum }) => ({
      Key: encode(key),
      LastModified: xmlDate(modifiedMs),
      ETag: etag,
      ChecksumAlgorithm: checksum.algorithm.toUpperCase(),
      ChecksumType: "FULL_OBJECT",
      Size: body.length,
      StorageClass: storageClass,
      Owner,
    })),
    CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

/** A token tells where the page ended; `p` for a common prefix, `k` for a key. */
function tokenAfter({ lastItem, lastPrefix }: ListPage<ObjectVersion>): string {
  const place = lastItem === undefined ? `p${lastPrefix ?? ""}` : `k${lastItem.key}`;
  return Buffer.from(place).toString("base64url");
}

function keysAfterToken(bucket: Bucket, token: string): readonly string[] {
  const place = Buffer.from(token, "base64url").toString();
  const key = place.slice(1);
  if (place.startsWith("k") && key !== "") return keysAfter(bucket.keys(), key);
  if (place.startsWith("p") && key !== "") return keysAfterPrefix(bucket.keys(), key);
  throw invalidArgument("continuation-token", token, "The continuation token provided is incorrect");
}
