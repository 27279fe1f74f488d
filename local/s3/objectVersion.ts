import type { Body } from "./bodyFile";
import type { Checksum } from "./checksum";

/** What is stored of an object beside its place in the bucket. */
export interface StoredContent {
  readonly body: Body;
  /** The MD5 of the body in hex, in quotes. */
  readonly etag: string;
  readonly checksum: Checksum;
  /** `content-type` and the other headers that come back as they were given; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-meta-…` without that prefix; names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Without local effect, and shown as given. */
  readonly storageClass: string;
  /** Without local effect, and shown: `x-amz-server-side-encryption…` headers. */
  readonly encryption: Readonly<Record<string, string>>;
}

/** What every version has. */
export interface VersionIdentity {
  readonly key: string;
  /** 32 characters; `null` for a version that was written while the bucket was not versioned. */
  readonly versionId: string;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** A version with content. */
export interface ObjectVersion extends VersionIdentity, StoredContent {
  readonly isDeleteMarker: false;
}

/** A version that says: from here on the object is deleted. */
export interface DeleteMarker extends VersionIdentity {
  readonly isDeleteMarker: true;
}

export type Version = ObjectVersion | DeleteMarker;

/** The version id of what is written while versioning is off or suspended. */
export const NULL_VERSION = "null";
