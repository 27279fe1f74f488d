import { AwsError } from "../awsError";
import type { Refusals } from "../operationInput";

/** An error of CloudWatch Logs for a parameter that it does not take. */
export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

/** @param what for example "log group" */
export function notFound(what: string): AwsError {
  return new AwsError("ResourceNotFoundException", `The specified ${what} does not exist.`);
}

/** How CloudWatch Logs words its refusals. */
export const logsRefusals: Refusals = {
  missing: (field) => invalidParameter(`1 validation error detected: Value null at '${field}' must not be null`),
  invalid: (field, value, reason) => invalidParameter(`Value ${JSON.stringify(value)} at '${field}' ${reason}.`),
  unknown: (field) => invalidParameter(`The local runtime does not know the parameter ${field}.`),
};
