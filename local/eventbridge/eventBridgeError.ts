import { AwsError } from "../awsError";
import type { Refusals } from "../operationInput";

export const resourceNotFound = (what: string): AwsError =>
  new AwsError("ResourceNotFoundException", `${what} does not exist.`);

/** @param reason a clause such as `"source" must be an object or an array` */
export const invalidEventPattern = (reason: string): AwsError =>
  new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);

export const validation = (message: string): AwsError => new AwsError("ValidationException", message);

/** How EventBridge words its refusals. */
export const eventsRefusals: Refusals = {
  missing: (field) => validation(`1 validation error detected: Value null at '${field}' must not be null.`),
  invalid: (field, value, reason) => validation(`Value ${JSON.stringify(value)} at '${field}' ${reason}.`),
  unknown: (field) => validation(`The local runtime does not know the parameter ${field}.`),
};
