import { AwsError } from "../awsError";
import type { Refusals } from "../operationInput";

/**
 * An error of SQS. Its JSON protocol is compatible with the query protocol: beside the error document it
 * sends the header `x-amzn-query-error: <queryErrorCode>;Sender`, which SDKs use for the exception's code.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export class SqsError extends AwsError {
  constructor(
    code: string,
    message: string,
    /** For example `AWS.SimpleQueueService.NonExistentQueue`. */
    readonly queryErrorCode: string = code,
    status = 400,
  ) {
    super(code, message, status);
  }
}

const PREFIX = "AWS.SimpleQueueService";

export const queueDoesNotExist = (): SqsError =>
  new SqsError("QueueDoesNotExist", "The specified queue does not exist.", `${PREFIX}.NonExistentQueue`);

export const queueNameExists = (attribute: string): SqsError =>
  new SqsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    "QueueAlreadyExists",
  );

export const queueDeletedRecently = (): SqsError =>
  new SqsError(
    "QueueDeletedRecently",
    "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    `${PREFIX}.QueueDeletedRecently`,
  );

export const purgeQueueInProgress = (queue: string): SqsError =>
  new SqsError(
    "PurgeQueueInProgress",
    `Only one PurgeQueue operation on ${queue} is allowed every 60 seconds.`,
    `${PREFIX}.PurgeQueueInProgress`,
    403,
  );

export const receiptHandleIsInvalid = (): SqsError =>
  new SqsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", "ReceiptHandleIsInvalid", 404);

export const messageNotInflight = (): SqsError =>
  new SqsError("MessageNotInflight", "The message referred to isn't in flight.", `${PREFIX}.MessageNotInflight`);

export const overLimit = (): SqsError =>
  new SqsError("OverLimit", "Too many messages are in flight (120,000 is the limit).", "OverLimit", 403);

export const invalidMessageContents = (): SqsError =>
  new SqsError("InvalidMessageContents", "The message contains characters outside the allowed set.");

export const invalidAttributeName = (name: string): SqsError =>
  new SqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);

export const invalidParameterValue = (message: string): SqsError =>
  new SqsError("InvalidParameterValueException", message, "InvalidParameterValue");

export const unsupportedOperation = (message: string): SqsError =>
  new SqsError("UnsupportedOperation", message, `${PREFIX}.UnsupportedOperation`);

export const resourceNotFound = (message: string): SqsError =>
  new SqsError("ResourceNotFoundException", message, "ResourceNotFoundException", 404);

/** An error of a batch as a whole, such as `EmptyBatchRequest`. */
export const batchError = (code: string, message: string): SqsError => new SqsError(code, message, `${PREFIX}.${code}`);

/** How SQS words its refusals. */
export const sqsRefusals: Refusals = {
  missing: (field) =>
    new SqsError("MissingParameterException", `The request must contain the parameter ${field}.`, "MissingParameter"),
  invalid: (field, value, reason) =>
    invalidParameterValue(`Value ${JSON.stringify(value)} for parameter ${field} is invalid. Reason: ${reason}.`),
  unknown: (field) => unsupportedOperation(`The local runtime does not know the parameter ${field}.`),
};
