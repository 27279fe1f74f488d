import type { Reply } from "../endpoint/protocol";
import type { Buckets } from "./buckets";
import { byteRangeOf } from "./byteRange";
import { checksumHeaders } from "./checksum";
import { checkRead, httpDate } from "./conditions";
import { objectHeaders, versionHeader, xmlReply } from "./objectReply";
import type { Bucket } from "./bucket";
import type { ObjectVersion, Version } from "./objectVersion";
import { KEPT_HEADERS } from "./requestedContent";
import { invalidArgument, invalidRequest, noSuchKey, noSuchVersion, notImplemented, S3Error } from "./s3Error";
import type { S3Operation } from "./s3Operation";
import type { S3Request } from "./s3Request";

export function objectReads(buckets: Buckets): Readonly<Record<string, S3Operation>> {
  return {
    GetObject: (request) => read(request, buckets.get(request.bucket)),
    // The same but for the body, which an answer to HEAD does not have.
    HeadObject: (request) => ({ ...read(request, buckets.get(request.bucket)), body: "" }),
    GetObjectTagging: (request) => {
      const bucket = buckets.get(request.bucket);
      const version = readableVersion(bucket, request.key, request.parameter("versionId"));
      const Tag = Object.entries(version.tags).map(([Key, Value]) => ({ Key, Value }));
      return xmlReply("Tagging", { TagSet: { Tag } }, versionHeader(version, bucket));
    },
  };
}

function read(request: S3Request, bucket: Bucket): Reply {
  if (request.parameter("partNumber") !== undefined) throw notImplemented("the parameter partNumber");
  if (request.headerNames("x-amz-server-side-encryption-customer-").length > 0) {
    throw invalidRequest("The encryption parameters are not applicable to this object.");
  }
  const version = readableVersion(bucket, request.key, request.parameter("versionId"));
  checkRead(request, version);
  const { checksum } = version;
  const body = version.body.read();
  const headers = { ...objectHeaders(version, bucket), ...overridesOf(request) };
  const range = byteRangeOf(request.header("range"), body.length);
  if (range !== undefined) {
    const part = body.subarray(range.first, range.last + 1);
    const place = { "content-range": `bytes ${range.first}-${range.last}/${body.length}` };
    return { status: 206, headers: { ...headers, ...place, "content-length": String(part.length) }, body: part };
  }
  const wantsChecksum = request.header("x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  const more = { ...(wantsChecksum ? checksumHeaders(checksum) : {}), "content-length": String(body.length) };
  return { status: 200, headers: { ...headers, ...more }, body };
}

/** A reader may ask, in the query, that headers come back otherwise than they were stored. */
function overridesOf(request: S3Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = request.parameter(`response-${name}`);
      if (value === undefined) return [];
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
        throw invalidArgument(`response-${name}`, value, "Header value cannot be represented using ISO-8859-1.");
      }
      return [[name, value]];
    }),
  );
}

/**
 * The version that a reader gets.
 *
 * @throws S3Error NoSuchKey, NoSuchVersion, InvalidArgument, MethodNotAllowed for a delete marker asked for by its id
 */
export function readableVersion(bucket: Bucket, key: string, versionId: string | undefined): ObjectVersion {
  const version = versionId === undefined ? bucket.latest(key) : versionOf(bucket, key, versionId);
  if (version === undefined) throw noSuchKey(key);
  if (!version.isDeleteMarker) return version;
  const headers = { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId };
  if (versionId === undefined) throw noSuchKey(key, headers);
  const fields = { Method: "GET", ResourceType: "DeleteMarker" };
  const message = "The specified method is not allowed against this resource.";
  const more = { allow: "DELETE", "last-modified": httpDate(version.modifiedMs) };
  throw new S3Error("MethodNotAllowed", message, 405, fields).withHeaders({ ...headers, ...more });
}

function versionOf(bucket: Bucket, key: string, versionId: string): Version {
  checkVersionId(versionId);
  const version = bucket.version(key, versionId);
  if (version === undefined) throw noSuchVersion(key, versionId);
  return version;
}

/** @throws S3Error InvalidArgument for a text that no version could have */
export function checkVersionId(versionId: string): void {
  if (versionId === "") throw invalidArgument("versionId", "", "Version id cannot be the empty string");
  if (versionId !== "null" && !/^[\w.-]{32}$/.test(versionId)) {
    throw invalidArgument("versionId", versionId, "Invalid version id specified");
  }
}
