import type { Buckets } from "./buckets";
import { checksumElements, checksumOf, isChecksumAlgorithm, type Checksum } from "./checksum";
import { checkCopySource, checkWrite } from "./conditions";
import { emptyReply, versionHeader, writtenHeaders, xmlDate, xmlReply } from "./objectReply";
import { readableVersion } from "./objectReads";
import { tagsOf } from "./objectTags";
import type { ObjectVersion, NewContent } from "./objectVersion";
import { checkHeaders, encryptionOf, keptHeaders, metadataOf, requestedContent } from "./requestedContent";
import type { Bucket } from "./bucket";
import { invalidArgument, invalidRequest, notImplemented, S3Error } from "./s3Error";
import type { S3Operation } from "./s3Operation";
import type { S3Request } from "./s3Request";

export function objectWrites(buckets: Buckets): Readonly<Record<string, S3Operation>> {
  const store = (bucket: Bucket, key: string, content: NewContent): ObjectVersion => {
    const version = bucket.put(key, content, buckets.clock.now());
    buckets.tell(bucket, version, "stored");
    return version;
  };
  return {
    PutObject(request) {
      const bucket = buckets.get(request.bucket);
      checkHeaders(request, bucket);
      const content = requestedContent(request, bucket);
      checkWrite(request, bucket.current(request.key));
      return emptyReply(200, writtenHeaders(store(bucket, request.key, content), bucket));
    },
    CopyObject(request) {
      const bucket = buckets.get(request.bucket);
      checkHeaders(request, bucket);
      const { source, sourceBucket } = copySourceOf(request, buckets);
      checkCopySource(request, source);
      const content = copiedContent(request, source, bucket);
      checkWrite(request, bucket.current(request.key));
      const version = store(bucket, request.key, content);
      const { "x-amz-version-id": sourceVersion } = versionHeader(source, sourceBucket);
      return xmlReply(
        "CopyObjectResult",
        { LastModified: xmlDate(version.modifiedMs), ETag: version.etag, ...checksumElements(version.checksum) },
        {
          ...version.encryption,
          ...versionHeader(version, bucket),
          ...(sourceVersion === undefined ? {} : { "x-amz-copy-source-version-id": sourceVersion }),
        },
      );
    },
  };
}

interface CopySource {
  readonly source: ObjectVersion;
  readonly sourceBucket: Bucket;
}

/** `x-amz-copy-source: [/]bucket/key[?versionId=…]`, percent-encoded. */
export function copySourceName(header: string): { bucket: string; key: string; versionId: string | undefined } {
  const [, path = "", versionId] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(header) ?? [];
  const slash = path.search(/\/|%2F/i);
  const keyAt = slash + (path[slash] === "/" ? 1 : 3);
  try {
    if (slash < 1) throw new URIError("There is no key.");
    return { bucket: path.slice(0, slash), key: decodeURIComponent(path.slice(keyAt)), versionId };
  } catch {
    const message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
    throw invalidArgument("x-amz-copy-source", header, message);
  }
}

function copySourceOf(request: S3Request, buckets: Buckets): CopySource {
  const { bucket, key, versionId } = copySourceName(request.header("x-amz-copy-source") ?? "");
  const sourceBucket = buckets.get(bucket);
  try {
    return { source: readableVersion(sourceBucket, key, versionId), sourceBucket };
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== "MethodNotAllowed") throw error;
    throw invalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
  }
}

function copiedContent(request: S3Request, source: ObjectVersion, bucket: Bucket): NewContent {
  const replaces = isReplaced(request, "x-amz-metadata-directive");
  const storageClass = request.header("x-amz-storage-class") ?? "STANDARD";
  const brings = request.headerNames("x-amz-server-side-encryption").length > 0;
  const isItself = source === bucket.latest(request.key);
  if (isItself && !replaces && !brings && storageClass === source.storageClass) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
        "metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  return {
    body: source.body.read(),
    etag: source.etag,
    checksum: copiedChecksum(request, source),
    headers: replaces ? keptHeaders(request) : source.headers,
    metadata: replaces ? metadataOf(request) : source.metadata,
    tags: isReplaced(request, "x-amz-tagging-directive") ? tagsOf(request.header("x-amz-tagging")) : source.tags,
    storageClass,
    encryption: encryptionOf(request, bucket),
  };
}

function isReplaced(request: S3Request, directive: string): boolean {
  const value = request.header(directive) ?? "COPY";
  if (value !== "COPY" && value !== "REPLACE") throw invalidArgument(directive, value, `Unknown ${directive}.`);
  return value === "REPLACE";
}

function copiedChecksum(request: S3Request, source: ObjectVersion): Checksum {
  const algorithm = request.header("x-amz-checksum-algorithm")?.toLowerCase();
  if (algorithm === undefined) return source.checksum;
  if (!isChecksumAlgorithm(algorithm)) throw notImplemented(`the checksum algorithm ${algorithm}`);
  return checksumOf(source.body.read(), algorithm);
}
