import { companionOf } from "../companions";
import { BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK } from "../resourceTypes";
import type { StackRule } from "../rule";

/** One wrong line in a policy would otherwise show every receipt to everybody. */
export const bucketBlocksPublicAccess: StackRule = {
  name: "bucket-blocks-public-access",
  what: "Every bucket refuses to be public, whatever its policy or its objects say.",
  why: "One wrong line in a policy would otherwise show every receipt to everybody.",
  fix: "Give it a BucketPublicAccessBlock with all four settings on.",
  severity: "critical",
  controls: ["AwsSolutions-S2", "FSBP-S3.1", "FSBP-S3.2", "FSBP-S3.3", "FSBP-S3.8"],
  types: [BUCKET],
  problemsAmong: (bucket, stack) => {
    const [block] = companionOf(bucket, stack, {
      type: BUCKET_PUBLIC_ACCESS_BLOCK,
      by: "bucket",
      names: ["bucket", "id"],
    });
    if (block === undefined) return "does not block public access.";
    const off = SETTINGS.filter((setting) => block.props[setting] !== true);
    return off.length > 0 && `leaves ${off.join(", ")} off.`;
  },
};

const SETTINGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
