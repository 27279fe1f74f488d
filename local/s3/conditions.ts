import type { ObjectVersion } from "./objectVersion";
import { noSuchKey, notImplemented, preconditionFailed, S3Error } from "./s3Error";
import type { S3Request } from "./s3Request";

/**
 * Checks the conditions of a read: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 *
 * @throws S3Error PreconditionFailed (412), or 304 when the reader has the object already
 */
export function checkRead(request: S3Request, version: ObjectVersion): void {
  const failed = failedCondition(request, "", version);
  if (failed === undefined) return;
  if (!failed.isCache) throw preconditionFailed(failed.header);
  const headers = { etag: version.etag, "last-modified": httpDate(version.modifiedMs) };
  throw new S3Error("NotModified", "Not Modified", 304).withHeaders(headers);
}

/** Checks the conditions on the source of a copy; each that does not hold is a 412. */
export function checkCopySource(request: S3Request, source: ObjectVersion): void {
  const failed = failedCondition(request, "x-amz-copy-source-", source);
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed.header}`);
}

/**
 * Checks the conditions of a write, against what a reader without a version id would see:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @throws S3Error PreconditionFailed; NoSuchKey for If-Match without an object; NotImplemented for an If-None-Match
 *   other than `*`, as S3 answers it
 */
export function checkWrite(request: S3Request, current: ObjectVersion | undefined): void {
  const noneMatch = request.header("if-none-match");
  if (noneMatch !== undefined && noneMatch !== "*") throw notImplemented(`the header If-None-Match: ${noneMatch}`);
  if (noneMatch !== undefined && current !== undefined) throw preconditionFailed("If-None-Match");
  const match = request.header("if-match");
  if (match === undefined) return;
  if (current === undefined) throw noSuchKey(request.key);
  if (!matches(match, current.etag)) throw preconditionFailed("If-Match");
}

/** Checks the entity tag that a deletion was given: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html */
export function checkDelete(match: string | undefined, current: ObjectVersion | undefined): void {
  if (match === undefined) return;
  if (current === undefined || !matches(match, current.etag)) throw preconditionFailed("If-Match");
}

/** A time as HTTP headers write it, in whole seconds. */
export function httpDate(timeMs: number): string {
  return new Date(timeMs).toUTCString();
}

interface Failed {
  readonly header: string;
  /** A condition of caches, which a read answers with 304. */
  readonly isCache: boolean;
}

/** An entity tag is stronger than a date: where both are given, the date does not count (RFC 9110, section 13.2.2). */
function failedCondition(request: S3Request, prefix: string, version: ObjectVersion): Failed | undefined {
  const header = (name: string): string | undefined => request.header(`${prefix}${name}`);
  const modifiedSeconds = Math.floor(version.modifiedMs / 1000);
  const match = header("if-match");
  const unmodifiedSince = seconds(header("if-unmodified-since"));
  if (match !== undefined) {
    if (!matches(match, version.etag)) return { header: "If-Match", isCache: false };
  } else if (unmodifiedSince !== undefined && modifiedSeconds > unmodifiedSince) {
    return { header: "If-Unmodified-Since", isCache: false };
  }
  const noneMatch = header("if-none-match");
  const modifiedSince = seconds(header("if-modified-since"));
  if (noneMatch !== undefined) {
    if (matches(noneMatch, version.etag)) return { header: "If-None-Match", isCache: true };
  } else if (modifiedSince !== undefined && modifiedSeconds <= modifiedSince) {
    return { header: "If-Modified-Since", isCache: true };
  }
  return undefined;
}

function matches(given: string, etag: string): boolean {
  const bare = etag.replaceAll('"', "");
  return given
    .split(",")
    .some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "").replaceAll('"', "") === bare);
}

function seconds(date: string | undefined): number | undefined {
  const timeMs = Date.parse(date ?? "");
  return Number.isNaN(timeMs) ? undefined : Math.floor(timeMs / 1000);
}
