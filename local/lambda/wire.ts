import type { FunctionError } from "../invoker";

/** One invocation, as it is sent to a function's process. Times are the runtime's clock, in ms. */
export interface Order {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** What to add to this machine's time to get the runtime's. */
  readonly skewMs: number;
  readonly deadlineMs: number;
  readonly traceHeader: string;
  /** As the caller named it, with the qualifier if there was one. */
  readonly functionArn: string;
}

export type OutputName = "stdout" | "stderr";

/** What a function's process says. */
export type Report =
  | { readonly kind: "ready" }
  | { readonly kind: "failedInit"; readonly error: FunctionError; readonly marked: readonly OutputName[] }
  | {
      readonly kind: "answer";
      readonly requestId: string;
      /** The outputs that end with a mark, because the function wrote to them. */
      readonly marked: readonly OutputName[];
      readonly memoryBytes: number;
      /** JSON; absent when there is an error. */
      readonly payload?: string;
      readonly error?: FunctionError;
      /** The process ends now: an error was left unhandled. */
      readonly last: boolean;
    };

/** A process writes this and the request id (`init` when it cannot load) to stdout and stderr when an invocation ends. */
export const END_MARK = "\0end ";
