import { AwsError } from "../awsError";
import type { Refusals } from "../operationInput";

export const badRequest = (message: string): AwsError => new AwsError("BadRequestException", message);

export const notFound = (message: string): AwsError => new AwsError("NotFoundException", message, 404);

/** https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html */
export const notVerified = (region: string, identity: string): AwsError =>
  new AwsError(
    "MessageRejected",
    `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${identity}`,
  );

/** How SES words its refusals. */
export const sesRefusals: Refusals = {
  missing: (field) => badRequest(`Missing required parameter: ${field}.`),
  invalid: (field, value, reason) => badRequest(`Value ${JSON.stringify(value)} at '${field}' ${reason}.`),
  unknown: (field) => badRequest(`The local runtime does not know the parameter ${field}.`),
};
