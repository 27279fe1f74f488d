import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { RECEIPTS_PREFIX } from "../contracts/receipt";
import { Component } from "./component";
import { outside, refuse } from "./problems";
import { allow, type Statement } from "./statements";

/** Settings of a {@link ReceiptStore}. */
export interface ReceiptStoreArgs {
  /** Days after which a receipt expires, 1 to 36,500. The law of the shop's country says how few are too few. */
  readonly retentionDays: number;
  /** Whether Pulumi refuses to delete the bucket. If not, it is deleted with everything in it. */
  readonly protectData: boolean;
}

/**
 * The bucket that keeps the receipts: private, encrypted, over TLS only. A receipt that is written over can be brought
 * back for a month, and no function may delete one: receipts leave by their age alone.
 */
export class ReceiptStore extends Component {
  readonly bucketName: pulumi.Output<string>;
  private readonly receiptsArn: pulumi.Output<string>;

  constructor(name: string, args: ReceiptStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ReceiptStore", name, opts);
    const { retentionDays, protectData } = args;
    refuse("ReceiptStore", name, [outside("retentionDays", retentionDays, [1, RETENTION_MAX_DAYS])]);
    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      { bucketPrefix: bucketPrefix(), forceDestroy: !protectData },
      { parent: this, protect: protectData },
    );
    closeToOthers(name, bucket, { parent: this });
    keepVersions(name, bucket, { parent: this, retentionDays });

    this.bucketName = bucket.bucket;
    this.receiptsArn = pulumi.interpolate`${bucket.arn}/${RECEIPTS_PREFIX}*`;
    this.registerOutputs({ bucketName: this.bucketName });
  }

  /** Putting a receipt where nothing is, and looking at what is there instead. */
  canIssue(): Statement {
    return allow(["s3:PutObject", "s3:GetObject"], this.receiptsArn);
  }

  /** Putting the mark that voids a receipt in its place. */
  canVoid(): Statement {
    return allow(["s3:PutObject"], this.receiptsArn);
  }
}

const RETENTION_MAX_DAYS = 36_500;

/** Days for which what was written over can be brought back. */
const OLDER_VERSIONS_DAYS = 30;

/** The provider's limit, which leaves it room for a suffix: https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/ */
const BUCKET_PREFIX_MAX = 37;

/**
 * How the bucket's name begins: it must be unique among all accounts, so AWS's provider adds a suffix. Names of
 * buckets know neither capitals nor underscores, which names of stacks do:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
function bucketPrefix(): string {
  const named = `${pulumi.getProject()}-${pulumi.getStack()}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-");
  const end = "-receipts-";
  return `${named.slice(0, BUCKET_PREFIX_MAX - end.length)}${end}`;
}

/** Nobody outside of the account reads or writes, nothing travels in the clear, and the account owns every object. */
function closeToOthers(name: string, { bucket, arn }: aws.s3.Bucket, opts: pulumi.CustomResourceOptions): void {
  const block = new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    opts,
  );
  const overTlsOnly = {
    Sid: "OverTlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, pulumi.interpolate`${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [overTlsOnly] });
  // S3 refuses to change a bucket's policy and its public access in the same moment (OperationAborted).
  new aws.s3.BucketPolicy(`${name}-policy`, { bucket, policy }, { ...opts, dependsOn: [block, ownership] });
}

/** Versions, and when they go: receipts with age, older versions soon, and then what marked their end. */
function keepVersions(
  name: string,
  { bucket }: aws.s3.Bucket,
  { retentionDays, ...opts }: pulumi.CustomResourceOptions & { readonly retentionDays: number },
): void {
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versions`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  const rules = [
    {
      id: "receipts",
      status: "Enabled",
      filter: { prefix: RECEIPTS_PREFIX },
      expiration: { days: retentionDays },
      noncurrentVersionExpiration: { noncurrentDays: OLDER_VERSIONS_DAYS },
    },
    // A rule of its own, because one expiration has either days or this:
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html
    { id: "delete-markers", status: "Enabled", filter: {}, expiration: { expiredObjectDeleteMarker: true } },
    { id: "broken-uploads", status: "Enabled", filter: {}, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
  ];
  new aws.s3.BucketLifecycleConfiguration(`${name}-lifecycle`, { bucket, rules }, { ...opts, dependsOn: versioning });
}
