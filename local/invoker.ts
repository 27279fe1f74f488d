import type { Principal } from "./iam/access";

/** How a service calls a function. Implemented by the Lambda service. */
export interface Invoker {
  /**
   * Calls a function and waits for its answer. Fails (rejects with AwsError) only when the function
   * could not be called at all: unknown name, throttled, payload too large.
   *
   * @param functionNameOrArn name, ARN or qualified ARN
   */
  invoke(functionNameOrArn: string, payload: unknown, options?: InvokeOptions): Promise<InvocationResult>;
}

export interface InvokeOptions {
  /** Who calls, and must be allowed to; absent for Lambda itself, and for a caller that was let through already. */
  readonly principal?: Principal;
  /** The X-Ray header of the caller, when there is one. */
  readonly traceHeader?: string;
}

export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown; readonly requestId: string }
  | { readonly ok: false; readonly error: FunctionError; readonly requestId: string };

/** The error document that Lambda answers for a function that threw, timed out or died. */
export interface FunctionError {
  /** The error's name; `Sandbox.Timedout` for a timeout, `Runtime.ExitError` for a process that died. */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
