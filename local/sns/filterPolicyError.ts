import { AwsError } from "../awsError";
import { invalidParameter } from "./snsError";

/** @param reason for example `Filter policy is too complex` */
export function policyRefused(reason: string): AwsError {
  return invalidParameter(`Attributes Reason: FilterPolicy: ${reason}`);
}

const PATTERN_PREFIX = /^Event pattern is not valid\. Reason: /;

/** An error of the shared matchers, in the words of SNS. */
export function asPolicyError(error: unknown): unknown {
  if (!(error instanceof AwsError) || !PATTERN_PREFIX.test(error.message)) return error;
  return policyRefused(error.message.replace(PATTERN_PREFIX, ""));
}
