import { AwsError } from "../awsError";
import type { FunctionError } from "../invoker";
import type { Outcome } from "./worker";

/** Bytes of a synchronous request. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const REQUEST_LIMIT_BYTES = 6_291_456;
/** Bytes of a response, which may be a little longer than a request. */
export const RESPONSE_LIMIT_BYTES = 6_291_556;
/** Bytes of an asynchronous request. */
export const EVENT_LIMIT_BYTES = 1_048_576;

/** The error document of an outcome, or undefined when the function answered. */
export function errorOf(outcome: Outcome, requestId: string, timeoutSeconds: number): FunctionError | undefined {
  switch (outcome.kind) {
    case "answered":
      return Buffer.byteLength(outcome.payload) > RESPONSE_LIMIT_BYTES ? RESPONSE_TOO_LARGE : undefined;
    case "failed":
      return outcome.error;
    case "timedOut":
      return {
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      };
    case "ended":
      return { errorType: "Runtime.ExitError", errorMessage: `RequestId: ${requestId} Error: ${exitReason(outcome)}` };
  }
}

/** The answer to a call that finds the function's reserved concurrency used up. */
export function tooManyRequests(): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });
}

/** Checks the length of a request. Throws RequestTooLargeException. */
export function checkRequest(payload: string, limitBytes: number): void {
  if (Buffer.byteLength(payload) <= limitBytes) return;
  const message = `Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`;
  throw new AwsError("RequestTooLargeException", message, 413);
}

const RESPONSE_TOO_LARGE: FunctionError = {
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`,
};

function exitReason({ code, signal }: Extract<Outcome, { kind: "ended" }>): string {
  if (signal !== null) return `Runtime exited with error: signal: ${signal === "SIGKILL" ? "killed" : signal}`;
  if (code === null || code === 0) return "Runtime exited without providing a reason";
  return `Runtime exited with error: exit status ${code}`;
}
