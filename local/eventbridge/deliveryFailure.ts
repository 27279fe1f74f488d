import { AwsError } from "../awsError";

/** An attempt that failed, in the terms of EventBridge's dead letters. */
export class DeliveryFailure extends Error {
  constructor(
    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
    readonly code: string,
    message: string,
    readonly retryable: boolean,
  ) {
    super(message);
  }
}

/** A target whose policy does not let the rule in. */
export function noPermissions(message: string): DeliveryFailure {
  return new DeliveryFailure("NO_PERMISSIONS", message, false);
}

/** What an error means: a target that is gone or refuses the caller or the event will do so again; anything else may pass. */
export function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  if (!(error instanceof AwsError)) return new DeliveryFailure("INTERNAL_ERROR", String(error), true);
  const { code, message, status } = error;
  if (/NotFound|DoesNotExist/.test(code)) return new DeliveryFailure("NO_RESOURCE", message, false);
  if (/AccessDenied|AuthorizationError/.test(code)) return noPermissions(message);
  if (status === 429 || /Thrott|TooManyRequests/.test(code)) return new DeliveryFailure("THROTTLING", message, true);
  if (status >= 500) return new DeliveryFailure("ERROR_FROM_TARGET", message, true);
  return new DeliveryFailure("SDK_CLIENT_ERROR", `${code}: ${message}`, false);
}
