import { AwsError } from "../awsError";
import { OperationInput } from "../operationInput";
import { MAX_DATA_BYTES } from "./statesError";

type Fields = Readonly<Record<string, unknown>>;

/** Reads a request of Step Functions; refuses in the words of its API. */
export function readRequest(fields: Fields, ...known: readonly string[]): OperationInput {
  return new OperationInput(fields, {
    missing: (field) => invalidValue(field, null, "Member must not be null"),
    invalid: (field, value, reason) => invalidValue(field, value, reason),
    unknown: (field) =>
      new AwsError("ValidationException", `The local runtime has no stand-in for the parameter ${field}.`),
  }).only(...known);
}

/** What an execution is started with. */
export interface StartRequest {
  readonly name?: string;
  /** The text as given, and the value that it stands for. */
  readonly input: { readonly text: string; readonly value: unknown };
}

/** Reads what StartExecution and StartSyncExecution have in common. */
export function startRequest(request: OperationInput): StartRequest {
  const name = executionName(request);
  return { ...(name === undefined ? {} : { name }), input: executionInput(request) };
}

/**
 * The name of an execution, or undefined when the request gives none.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
function executionName(request: OperationInput): string | undefined {
  const name = request.optionalText("name");
  if (name === undefined) return undefined;

  const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u;
  if (name.length < 1 || name.length > 80 || forbidden.test(name)) {
    throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
  }
  return name;
}

/** The input of an execution: its text and value. Absent is `{}`. */
function executionInput(request: OperationInput): { readonly text: string; readonly value: unknown } {
  const text = request.optionalText("input") ?? "{}";
  if (Buffer.byteLength(text) > MAX_DATA_BYTES) {
    throw invalidValue("input", "...", `Member must have length less than or equal to ${MAX_DATA_BYTES}`);
  }
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

/** An ARN of Step Functions whose resource begins with one of the given types. */
export function statesArn(request: OperationInput, field: string, ...types: readonly string[]): string {
  const arn = request.text(field);
  const [prefix, , service, , , type = ""] = arn.split(":");
  if (prefix !== "arn" || service !== "states")
    throw new AwsError("InvalidArn", `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  if (!types.includes(type)) {
    throw new AwsError("InvalidArn", `Invalid Arn: 'Resource type not valid in this context: ${type}'`);
  }
  return arn;
}

function invalidValue(field: string, value: unknown, reason: string): AwsError {
  return new AwsError(
    "ValidationException",
    `1 validation error detected: Value ${JSON.stringify(value)} at '${field}' failed to satisfy constraint: ${reason}`,
  );
}
