import type { RegisteredInputs, ResourceKind } from "../resource";

/** Resources that configure a bucket, by the input that holds what they say. */
const CONFIGURATIONS: readonly Pick<ResourceKind, "type" | "honours" | "withoutLocalEffect">[] = [
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    honours: ["bucket", "versioningConfiguration"],
    withoutLocalEffect: ["expectedBucketOwner", "region"],
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    honours: ["bucket"],
    // Nobody but this machine reaches the endpoint.
    withoutLocalEffect: [
      "blockPublicAcls",
      "blockPublicPolicy",
      "ignorePublicAcls",
      "restrictPublicBuckets",
      "skipDestroy",
      "region",
    ],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    honours: ["bucket", "rules"],
    withoutLocalEffect: ["expectedBucketOwner", "region"],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    honours: ["bucket", "rules"],
    withoutLocalEffect: [
      "rules[].transitions",
      "rules[].noncurrentVersionTransitions",
      "rules[].abortIncompleteMultipartUpload",
      "transitionDefaultMinimumObjectSize",
      "expectedBucketOwner",
      "timeouts",
      "region",
    ],
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    honours: ["bucket", "policy"],
    withoutLocalEffect: ["region"],
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    honours: ["bucket", "rule"],
    withoutLocalEffect: ["region"],
  },
];

/** The bucket, and what configures it as resources of their own. A bucket's deprecated inline blocks are refused. */
export const s3Kinds: readonly ResourceKind[] = [
  {
    type: "aws:s3/bucket:Bucket",
    honours: ["bucket", "bucketPrefix"],
    withoutLocalEffect: ["forceDestroy", "tags", "region"],
    outputs(resource, { region }) {
      const name = bucketName(resource);
      return {
        id: name,
        bucket: name,
        arn: `arn:aws:s3:::${name}`,
        bucketDomainName: `${name}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        bucketRegion: region,
        region,
        tagsAll: resource.inputs["tags"] ?? {},
      };
    },
  },
  ...CONFIGURATIONS.map((kind): ResourceKind => ({
    ...kind,
    outputs: ({ inputs }, { region }) => ({ id: String(inputs["bucket"]), region }),
  })),
];

/** Names of buckets are in lower case and have at most 63 characters, so the name that Pulumi makes up is too. */
function bucketName({ inputs, physicalName }: RegisteredInputs): string {
  const { bucket, bucketPrefix } = inputs;
  if (typeof bucket === "string") return bucket;
  const suffix = physicalName.slice(-8);
  const front = typeof bucketPrefix === "string" ? bucketPrefix.replace(/-$/, "") : physicalName.slice(0, -8);
  return `${front.slice(0, 63 - suffix.length)}${suffix}`.toLowerCase();
}
