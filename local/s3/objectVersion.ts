import { isDeepStrictEqual } from "node:util";
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

/**
 * A version with content. A class, because there may be very many: objects that are spread out of others have each a shape
 * of its own, which V8 keeps with them.
 */
export class ObjectVersion implements VersionIdentity, StoredContent {
  readonly isDeleteMarker = false;
  readonly key: string;
  readonly versionId: string;
  readonly modifiedMs: number;
  readonly body: Body;
  readonly etag: string;
  readonly checksum: Checksum;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: Readonly<Record<string, string>>;

  /** @param like an object whose headers, metadata, tags and encryption are shared where they are the same */
  constructor({ key, versionId, modifiedMs }: VersionIdentity, content: StoredContent, like: StoredContent = content) {
    this.key = key;
    this.versionId = versionId;
    this.modifiedMs = modifiedMs;
    this.body = content.body;
    this.etag = content.etag;
    this.checksum = content.checksum;
    this.headers = shared(content.headers, like.headers);
    this.metadata = shared(content.metadata, like.metadata);
    this.tags = shared(content.tags, like.tags);
    this.storageClass = content.storageClass;
    this.encryption = shared(content.encryption, like.encryption);
  }
}

function shared<Part>(own: Part, other: Part): Part {
  return isDeepStrictEqual(own, other) ? other : own;
}

/** A version that says: from here on the object is deleted. */
export interface DeleteMarker extends VersionIdentity {
  readonly isDeleteMarker: true;
}

export type Version = ObjectVersion | DeleteMarker;

/** The version id of what is written while versioning is off or suspended. */
export const NULL_VERSION = "null";
