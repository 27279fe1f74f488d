import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { AccessControl } from "../iam/access";
import type { Cloud } from "../resource";
import { ContentFile } from "./contentFile";
import { Bucket } from "./bucket";
import type { Version } from "./objectVersion";
import { noSuchBucket, S3Error } from "./s3Error";

/** What the stand-in for S3 needs. */
export interface S3ServiceOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1, for version ids; absent for true randomness. */
  readonly random?: () => number;
  /** Who may do what, and where the policies of buckets go; absent, they bind nobody. */
  readonly access?: AccessControl;
}

/** Every bucket of the account, with what the operations on them share. */
export class Buckets {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  private readonly random: (() => number) | undefined;
  readonly contents = new ContentFile();
  private readonly byName = new Map<string, Bucket>();

  constructor({ cloud, clock, feed, random }: S3ServiceOptions) {
    this.cloud = cloud;
    this.clock = clock;
    this.feed = feed;
    this.random = random;
  }

  /** In the order of their names. */
  all(): readonly Bucket[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.byName.get(name);
  }

  /** @throws S3Error NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.byName.get(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  /** @throws S3Error InvalidBucketName, BucketAlreadyOwnedByYou */
  create(name: string): Bucket {
    if (!isBucketName(name)) {
      throw new S3Error("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
    }
    if (this.byName.has(name)) {
      const message = "Your previous request to create the named bucket succeeded and you already own it.";
      throw new S3Error("BucketAlreadyOwnedByYou", message, 409, { BucketName: name });
    }
    const bucket = new Bucket({ name, createdMs: this.clock.now(), random: this.random, file: this.contents });
    this.byName.set(name, bucket);
    return bucket;
  }

  /** @throws S3Error NoSuchBucket, BucketNotEmpty while a version or a marker is in it */
  delete(name: string): void {
    if (!this.get(name).isEmpty) {
      const message = "The bucket you tried to delete is not empty";
      throw new S3Error("BucketNotEmpty", message, 409, { BucketName: name });
    }
    this.byName.delete(name);
  }

  /** Tells the feed what happened to an object. */
  tell(bucket: Bucket, { key, versionId }: Version, what: "stored" | "removed" | "expired"): void {
    this.feed.emit("object", { bucket: bucket.name, key, versionId, what, timeMs: this.clock.now() });
  }
}

/** The rules for names: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}
