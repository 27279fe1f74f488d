import { AwsError } from "../awsError";
import type { Refusals } from "../operationInput";

/** @param reason for example `Empty message` or `TopicArn Reason: …` */
export const invalidParameter = (reason: string): AwsError =>
  new AwsError("InvalidParameter", `Invalid parameter: ${reason}`);

export const notFound = (what: "Topic" | "Subscription"): AwsError =>
  new AwsError("NotFound", `${what} does not exist`, 404);

/** A message attribute that SNS does not take. */
export const attributeInvalid = (message: string): AwsError => new AwsError("ParameterValueInvalid", message);

/** An error of a batch as a whole, such as `EmptyBatchRequest`. */
export const batchError = (code: string, message: string): AwsError => new AwsError(code, message);

/** Refuses a text that has too few parts for an ARN, in the words of SNS. */
export function checkArn(field: string, arn: string): void {
  const parts = arn.split(":").length;
  if (parts < 6) throw invalidParameter(`${field} Reason: An ARN must have at least 6 elements, not ${parts}`);
}

/** How SNS words its refusals. */
export const snsRefusals: Refusals = {
  missing: (field) => invalidParameter(`${field} Reason: no value for required parameter`),
  invalid: (field, value, reason) => invalidParameter(`${field} Reason: ${JSON.stringify(value)} ${reason}`),
  unknown: (field) => invalidParameter(`${field} Reason: the local runtime does not know this parameter`),
};
