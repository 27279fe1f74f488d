import type { Bucket } from "./bucket";
import type { Buckets } from "./buckets";
import { listElements, listQueryOf, pageOf, type ListQuery } from "./listPage";
import { keysAfterMarker, ownerOf } from "./objectLists";
import { xmlDate, xmlReply } from "./objectReply";
import type { Version } from "./objectVersion";
import { invalidArgument } from "./s3Error";
import type { S3Operation } from "./s3Operation";

export function versionLists(buckets: Buckets): Readonly<Record<string, S3Operation>> {
  return {
    ListObjectVersions(request) {
      const bucket = buckets.get(request.bucket);
      const query = listQueryOf(request);
      const keyMarker = request.parameter("key-marker") ?? "";
      const versionMarker = request.parameter("version-id-marker") ?? "";
      if (versionMarker !== "" && keyMarker === "") {
        const message = "A version-id marker cannot be specified without a key marker.";
        throw invalidArgument("version-id-marker", versionMarker, message);
      }
      const page = pageOf(versionsAfter(bucket, query, keyMarker, versionMarker), query);
      const { lastItem, lastPrefix, isTruncated } = page;
      const shown = page.items.map((version) => shownVersion(version, bucket, query, ownerOf(buckets.cloud)));
      return xmlReply("ListVersionsResult", {
        ...listElements(bucket.name, query),
        KeyMarker: query.encode(keyMarker),
        VersionIdMarker: versionMarker,
        IsTruncated: isTruncated,
        NextKeyMarker: isTruncated ? query.encode(lastItem?.key ?? lastPrefix ?? "") : undefined,
        NextVersionIdMarker: isTruncated ? lastItem?.versionId : undefined,
        Version: shown.flatMap(({ version }) => version ?? []),
        DeleteMarker: shown.flatMap(({ marker }) => marker ?? []),
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: query.encode(prefix) })),
      });
    },
  };
}

/** Newest first within a key. A version marker goes on within the key of the key marker. */
function* versionsAfter(bucket: Bucket, query: ListQuery, keyMarker: string, versionMarker: string): Iterable<Version> {
  if (versionMarker !== "") {
    const versions = bucket.versionsOf(keyMarker);
    const index = versions.findIndex(({ versionId }) => versionId === versionMarker);
    if (index !== -1) yield* versions.slice(index + 1);
  }
  for (const key of keysAfterMarker(bucket, keyMarker, query)) yield* bucket.versionsOf(key);
}

interface Shown {
  readonly version?: object;
  readonly marker?: object;
}

function shownVersion(version: Version, bucket: Bucket, { encode }: ListQuery, Owner: object): Shown {
  const common = {
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: bucket.latest(version.key) === version,
    LastModified: xmlDate(version.modifiedMs),
    Owner,
  };
  if (version.isDeleteMarker) return { marker: common };
  const { etag, body, storageClass, checksum } = version;
  const ChecksumAlgorithm = checksum.algorithm.toUpperCase();
  return { version: { ...common, ETag: etag, Size: body.length, StorageClass: storageClass, ChecksumAlgorithm } };
}
