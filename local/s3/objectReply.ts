import type { Reply } from "../endpoint/protocol";
import type { Bucket } from "./bucket";
import { checksumHeaders } from "./checksum";
import { httpDate } from "./conditions";
import { expirationHeader } from "./lifecycle";
import type { ObjectVersion } from "./objectVersion";
import { renderXml, S3_NAMESPACE } from "./xmlDocument";

/** The headers of an object, as a read answers them. */
export function objectHeaders(version: ObjectVersion, bucket: Bucket): Readonly<Record<string, string>> {
  const { etag, modifiedMs, headers, metadata, tags, storageClass, encryption } = version;
  const tagCount = Object.keys(tags).length;
  return {
    ...headers,
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    ...encryption,
    ...versionHeader(version, bucket),
    ...expirationHeader(version, bucket),
    ...(tagCount === 0 ? {} : { "x-amz-tagging-count": String(tagCount) }),
    ...(storageClass === "STANDARD" ? {} : { "x-amz-storage-class": storageClass }),
    "accept-ranges": "bytes",
    "last-modified": httpDate(modifiedMs),
    etag,
  };
}

/** The headers that tell a writer what was stored. */
export function writtenHeaders(version: ObjectVersion, bucket: Bucket): Readonly<Record<string, string>> {
  return {
    etag: version.etag,
    ...checksumHeaders(version.checksum),
    ...version.encryption,
    ...versionHeader(version, bucket),
    ...expirationHeader(version, bucket),
  };
}

/** A bucket that was never versioned does not speak of versions. */
export function versionHeader(
  { versionId }: { readonly versionId: string },
  bucket: Bucket,
): Readonly<Record<string, string>> {
  return bucket.versioning === "Disabled" ? {} : { "x-amz-version-id": versionId };
}

export function xmlReply(
  root: string,
  content: object | string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = renderXml(root, content, S3_NAMESPACE);
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body };
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: "" };
}

/** A time as S3's documents write it. */
export function xmlDate(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
