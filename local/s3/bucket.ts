import { randomUuid } from "../randomUuid";
import type { ContentFile } from "./contentFile";
import type { LifecycleRule } from "./lifecycleRule";
import { NULL_VERSION, ObjectVersion, type DeleteMarker, type NewContent, type Version } from "./objectVersion";

/** Whether versions are kept. A bucket that was never versioned is `Disabled`, and cannot become so again. */
export type Versioning = "Disabled" | "Enabled" | "Suspended";

/** What a deletion did: nothing, took a version away, or put a marker over it. */
export interface Deletion {
  readonly removed?: Version;
  readonly marker?: DeleteMarker;
}

export interface BucketOptions {
  readonly name: string;
  readonly createdMs: number;
  /** Numbers from 0 up to 1, for version ids; absent for true randomness. */
  readonly random: (() => number) | undefined;
  /** Where the contents of objects go. */
  readonly file: ContentFile;
}

/**
 * A bucket: for each key its versions, and what a write or a deletion does to them while versioning is off,
 * on or suspended (https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html).
 */
export class Bucket {
  readonly name: string;
  readonly createdMs: number;
  versioning: Versioning = "Disabled";
  lifecycleRules: readonly LifecycleRule[] = [];
  /** The policy document as JSON text. */
  policy: string | undefined;
  /** The encryption headers that objects get that bring none. */
  encryption: Readonly<Record<string, string>> = { "x-amz-server-side-encryption": "AES256" };
  objectOwnership = "BucketOwnerEnforced";
  private readonly random: (() => number) | undefined;
  private readonly file: ContentFile;
  private readonly versions = new Map<string, Version[]>();
  private sorted: string[] | undefined;

  constructor({ name, createdMs, random, file }: BucketOptions) {
    this.name = name;
    this.createdMs = createdMs;
    this.random = random;
    this.file = file;
  }

  get isEmpty(): boolean {
    return this.versions.size === 0;
  }

  /** Every key that has a version, be it a marker, in the order of its UTF-8 bytes, as S3 lists them. */
  keys(): readonly string[] {
    return (this.sorted ??= [...this.versions.keys()].sort(byBytes));
  }

  /** The versions of a key, the newest first. */
  versionsOf(key: string): readonly Version[] {
    return this.versions.get(key) ?? [];
  }

  /** The newest version, which may be a marker. */
  latest(key: string): Version | undefined {
    return this.versions.get(key)?.[0];
  }

  /** The object as a reader without a version id sees it. */
  current(key: string): ObjectVersion | undefined {
    const latest = this.latest(key);
    return latest?.isDeleteMarker === false ? latest : undefined;
  }

  version(key: string, versionId: string): Version | undefined {
    return this.versionsOf(key).find((version) => version.versionId === versionId);
  }

  put(key: string, content: NewContent, nowMs: number): ObjectVersion {
    const version = new ObjectVersion({ key, versionId: this.nextVersionId(), modifiedMs: nowMs }, content, this.file);
    this.push(version);
    return version;
  }

  /** Deletes without naming a version: a versioned bucket only gets a marker, also for a key that it does not have. */
  delete(key: string, nowMs: number): Deletion {
    if (this.versioning === "Disabled") {
      const removed = this.take(key, NULL_VERSION);
      return removed === undefined ? {} : { removed };
    }
    const marker = { key, versionId: this.nextVersionId(), modifiedMs: nowMs, isDeleteMarker: true } as const;
    this.push(marker);
    return { marker };
  }

  /** Takes one version away for good. */
  deleteVersion(key: string, versionId: string): Deletion {
    const removed = this.take(key, versionId);
    return removed === undefined ? {} : { removed };
  }

  private push(version: Version): void {
    if (version.versionId === NULL_VERSION) this.take(version.key, NULL_VERSION);
    const versions = this.versions.get(version.key);
    if (versions !== undefined) return void versions.unshift(version);
    this.versions.set(version.key, [version]);
    this.sorted = undefined;
  }

  private take(key: string, versionId: string): Version | undefined {
    const versions = this.versions.get(key) ?? [];
    const index = versions.findIndex((version) => version.versionId === versionId);
    if (index === -1) return undefined;
    const [taken] = versions.splice(index, 1);
    if (versions.length === 0) {
      this.versions.delete(key);
      this.sorted = undefined;
    }
    return taken;
  }

  private nextVersionId(): string {
    return this.versioning === "Enabled" ? randomUuid(this.random).replaceAll("-", "") : NULL_VERSION;
  }
}

/** Compares by UTF-8 bytes; JavaScript's own order differs beyond U+FFFF. */
export function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
