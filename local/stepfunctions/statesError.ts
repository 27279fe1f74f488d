/**
 * An error as Amazon States Language knows it: a name that Retry and Catch compare, and a text. Lambda's
 * errors carry the JSON that Lambda answered as their cause.
 */
export class StatesError extends Error {
  constructor(
    name: string,
    /** Absent where Step Functions gives none, as for timeouts. */
    override readonly cause?: string,
  ) {
    super(cause ?? name);
    this.name = name;
  }

  /** What a Catch puts into the document. */
  get output(): { readonly Error: string; readonly Cause?: string } {
    return this.cause === undefined ? { Error: this.name } : { Error: this.name, Cause: this.cause };
  }
}

/** For what is wrong with the document or the definition: neither retried nor caught. */
export function runtimeError(cause: string): StatesError {
  return new StatesError("States.Runtime", cause);
}

/** Largest input or output of a state, task or execution, in bytes of UTF-8. */
export const MAX_DATA_BYTES = 256 * 1024;

/**
 * Answers the JSON text of a value, or throws States.DataLimitExceeded.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function boundedJson(value: unknown, what: string): string {
  const text = JSON.stringify(value ?? null);
  if (Buffer.byteLength(text) <= MAX_DATA_BYTES) return text;
  throw new StatesError("States.DataLimitExceeded", `${what} exceeds the limit of ${MAX_DATA_BYTES} bytes.`);
}

/**
 * Whether an ErrorEquals list takes an error.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function takes(errorEquals: readonly string[], { name }: StatesError): boolean {
  if (name === "States.Runtime") return false;
  if (errorEquals.includes(name)) return true;
  if (name === "States.DataLimitExceeded") return false;
  if (errorEquals.includes("States.ALL")) return true;
  if (errorEquals.includes("States.TaskFailed")) return name !== "States.Timeout";
  // Functions that time out or die go by their own error's name and by this older one.
  return errorEquals.includes("Lambda.Unknown") && /^(Sandbox|Runtime)\./.test(name);
}
