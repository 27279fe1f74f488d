import { AwsError } from "../awsError";
import type { Refusals } from "../operationInput";

/**
 * An error of CloudWatch. Its JSON protocol is compatible with the query protocol: the header `x-amzn-query-error`
 * carries the older code, which some SDKs go by.
 */
export class CloudWatchError extends AwsError {
  constructor(
    code: string,
    message: string,
    /** For example `InvalidParameterValue`. */
    readonly queryErrorCode: string,
    status = 400,
  ) {
    super(code, message, status);
  }
}

export const invalidValue = (message: string): CloudWatchError =>
  new CloudWatchError("InvalidParameterValueException", message, "InvalidParameterValue");

export const invalidCombination = (message: string): CloudWatchError =>
  new CloudWatchError("InvalidParameterCombinationException", message, "InvalidParameterCombination");

export const missingParameter = (field: string): CloudWatchError =>
  new CloudWatchError("MissingRequiredParameterException", `The parameter ${field} is required.`, "MissingParameter");

export const notFound = (message: string): CloudWatchError =>
  new CloudWatchError("ResourceNotFound", message, "ResourceNotFound", 404);

export const invalidToken = (): CloudWatchError =>
  new CloudWatchError("InvalidNextToken", "The next token specified is invalid.", "InvalidNextToken");

export const dashboardNotFound = (name: string): CloudWatchError =>
  new CloudWatchError("DashboardNotFoundError", `Dashboard ${name} does not exist`, "ResourceNotFound", 404);

/** How CloudWatch words its refusals. */
export const cloudWatchRefusals: Refusals = {
  missing: missingParameter,
  invalid: (field, value, reason) =>
    invalidValue(`The value ${JSON.stringify(value)} for parameter ${field} is invalid: it ${reason}.`),
  unknown: (field) => invalidValue(`The local runtime has no stand-in for the parameter ${field}.`),
};
