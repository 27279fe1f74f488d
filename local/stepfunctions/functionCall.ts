import { AwsError } from "../awsError";
import type { Principal } from "../iam/access";
import type { InvocationResult, Invoker } from "../invoker";
import { StatesError } from "./statesError";

/** Errors of Lambda's API that Step Functions passes on by their own names. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  TooManyRequestsException: "Lambda.TooManyRequestsException",
  ResourceNotFoundException: "Lambda.ResourceNotFoundException",
  ServiceException: "Lambda.ServiceException",
  InternalServerError: "Lambda.ServiceException",
};

interface Called {
  readonly arn: string;
  /** Who calls. */
  readonly principal: Principal;
}

/**
 * Calls a function as a Task with its bare ARN does: the answer is the result, an error keeps the name that
 * the function gave it, and the JSON that Lambda answered is the cause.
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
export async function callFunction(invoker: Invoker, called: Called, input: unknown): Promise<unknown> {
  const result = await invoked(invoker, called, input);
  if (result.ok) return result.payload ?? null;
  // A function may throw something without a name; Step Functions then knows only that it failed.
  throw new StatesError(result.error.errorType || "Lambda.Unknown", JSON.stringify(result.error));
}

async function invoked(invoker: Invoker, { arn, principal }: Called, input: unknown): Promise<InvocationResult> {
  try {
    return await invoker.invoke(arn, input, { principal });
  } catch (error) {
    if (!(error instanceof AwsError)) throw new StatesError("Lambda.SdkClientException", String(error));
    const name =
      OWN_NAMES[error.code] ?? (error.status >= 500 ? "Lambda.ServiceException" : "Lambda.AWSLambdaException");
    throw new StatesError(name, `${error.message} (Service: Lambda, Status Code: ${error.status})`);
  }
}
