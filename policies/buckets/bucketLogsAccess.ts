import { companionOf } from "../companions";
import { BUCKET, BUCKET_LOGGING } from "../resourceTypes";
import type { StackRule } from "../rule";

/** After a leak nobody could say which objects were read, and by whom. */
export const bucketLogsAccess: StackRule = {
  name: "bucket-logs-access",
  what: "Every bucket logs who asks for its objects.",
  why: "After a leak nobody could say which objects were read, and by whom.",
  fix: "Give it a BucketLogging with a target bucket.",
  severity: "low",
  controls: ["AwsSolutions-S1", "FSBP-S3.9"],
  types: [BUCKET],
  problemsAmong: (bucket, stack) =>
    companionOf(bucket, stack, { type: BUCKET_LOGGING, by: "bucket", names: ["bucket", "id"] }).length === 0 &&
    "logs no access.",
};
