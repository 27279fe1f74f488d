import { createHash } from "node:crypto";
import type { Bucket } from "./bucket";
import { checksumOf } from "./checksum";
import { tagsOf } from "./objectTags";
import type { NewContent } from "./objectVersion";
import { payloadOf } from "./payload";
import { notImplemented, S3Error } from "./s3Error";
import type { S3Request } from "./s3Request";

/** The headers that are kept with an object and come back with it. */
export const KEPT_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
] as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const MAX_METADATA_BYTES = 2048;
const MAX_KEY_BYTES = 1024;

/** Headers that would change what the object is or does, by how they begin. */
const WITHOUT_STAND_IN = [
  "x-amz-object-lock-",
  "x-amz-server-side-encryption-customer-",
  "x-amz-website-redirect-location",
  "x-amz-write-offset-bytes",
];

/**
 * What a PutObject stores.
 *
 * @throws S3Error as `payloadOf`, `tagsOf` and `checkHeaders` do; MetadataTooLarge
 */
export function requestedContent(request: S3Request, bucket: Bucket): NewContent {
  const { body, checksum } = payloadOf(request);
  return {
    body,
    etag: `"${createHash("md5").update(body).digest("hex")}"`,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
    checksum: checksum ?? checksumOf(body, "crc64nvme"),
    headers: keptHeaders(request),
    metadata: metadataOf(request),
    tags: tagsOf(request.header("x-amz-tagging")),
    storageClass: request.header("x-amz-storage-class") ?? "STANDARD",
    encryption: encryptionOf(request, bucket),
  };
}

/**
 * Refuses a write by its key and by headers that have no stand-in.
 *
 * @throws S3Error KeyTooLongError, AccessControlListNotSupported, NotImplemented
 */
export function checkHeaders(request: S3Request, bucket: Bucket): void {
  if (Buffer.byteLength(request.key) > MAX_KEY_BYTES) {
    throw new S3Error("KeyTooLongError", "Your key is too long", 400, { MaxSizeAllowed: MAX_KEY_BYTES });
  }
  for (const prefix of WITHOUT_STAND_IN) {
    const [name] = request.headerNames(prefix);
    if (name !== undefined) throw notImplemented(`the header ${name}`);
  }
  checkAcl(request, bucket);
}

/** Buckets have no ACLs unless they ask: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function checkAcl(request: S3Request, { objectOwnership }: Bucket): void {
  const acl = request.header("x-amz-acl") ?? "bucket-owner-full-control";
  const [grant] = request.headerNames("x-amz-grant-");
  if (acl === "bucket-owner-full-control" && grant === undefined) return;
  if (objectOwnership === "BucketOwnerEnforced") {
    throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
  }
  if (acl !== "private" || grant !== undefined) throw notImplemented(`the header ${grant ?? `x-amz-acl: ${acl}`}`);
}

export function keptHeaders(request: S3Request): Readonly<Record<string, string>> {
  const kept: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const name of KEPT_HEADERS) {
    const value = name === "content-encoding" ? contentEncoding(request.header(name)) : request.header(name);
    if (value !== undefined && value !== "") kept[name] = value;
  }
  return kept;
}

/** `aws-chunked` is how the body travelled, not what it is. */
function contentEncoding(header: string | undefined): string | undefined {
  return header
    ?.split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "aws-chunked")
    .join(",");
}

export function metadataOf(request: S3Request): Readonly<Record<string, string>> {
  const prefix = "x-amz-meta-";
  const metadata = Object.fromEntries(
    request.headerNames(prefix).map((name) => [name.slice(prefix.length), request.header(name) ?? ""]),
  );
  const bytes = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes > MAX_METADATA_BYTES) {
    const message = "Your metadata headers exceed the maximum allowed metadata size";
    throw new S3Error("MetadataTooLarge", message, 400, { Size: bytes, MaxSizeAllowed: MAX_METADATA_BYTES });
  }
  return metadata;
}

export function encryptionOf(request: S3Request, bucket: Bucket): Readonly<Record<string, string>> {
  const names = request.headerNames("x-amz-server-side-encryption");
  if (names.length === 0) return bucket.encryption;
  return Object.fromEntries(names.map((name) => [name, request.header(name) ?? ""]));
}
