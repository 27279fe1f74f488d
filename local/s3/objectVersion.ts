import type { ContentFile } from "./contentFile";
import type { Checksum } from "./checksum";

/** What an object holds, wherever it lies. */
export interface Body {
  readonly length: number;
  read(): Buffer;
}

/** What is stored of an object beside its body and its place in the bucket. */
export interface Description {
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

/** What is to be stored, and not yet is. */
export interface NewContent extends Description {
  readonly body: Buffer;
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
 * A version with content. In memory is only what finds it: there may be very many, and the rest lies in a file, the
 * description behind the body.
 */
export class ObjectVersion implements VersionIdentity, Description {
  readonly isDeleteMarker = false;
  readonly key: string;
  readonly versionId: string;
  readonly modifiedMs: number;
  private readonly at: number;
  private readonly length: number;
  private readonly describedLength: number;

  constructor(
    { key, versionId, modifiedMs }: VersionIdentity,
    { body, ...description }: NewContent,
    private readonly file: ContentFile,
  ) {
    const described = Buffer.from(JSON.stringify(description));
    this.key = key;
    this.versionId = versionId;
    this.modifiedMs = modifiedMs;
    this.at = file.keep(Buffer.concat([body, described]));
    this.length = body.length;
    this.describedLength = described.length;
  }

  get body(): Body {
    const { file, at, length } = this;
    return { length, read: () => file.read(at, length) };
  }

  get etag(): string {
    return this.description.etag;
  }

  get checksum(): Checksum {
    return this.description.checksum;
  }

  get headers(): Description["headers"] {
    return this.description.headers;
  }

  get metadata(): Description["metadata"] {
    return this.description.metadata;
  }

  get tags(): Description["tags"] {
    return this.description.tags;
  }

  get storageClass(): string {
    return this.description.storageClass;
  }

  get encryption(): Description["encryption"] {
    return this.description.encryption;
  }

  private get description(): Description {
    return JSON.parse(this.file.read(this.at + this.length, this.describedLength).toString()) as Description;
  }
}

/** A version that says: from here on the object is deleted. */
export interface DeleteMarker extends VersionIdentity {
  readonly isDeleteMarker: true;
}

export type Version = ObjectVersion | DeleteMarker;

/** The version id of what is written while versioning is off or suspended. */
export const NULL_VERSION = "null";
