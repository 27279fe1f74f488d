import { parseArn } from "../arn";
import { isFields } from "../operationInput";
import { parseInputTransformer, type Transform, type TransformerContext } from "./inputTransformer";
import { parseJsonPath } from "./jsonPath";

/** To whom a rule delivers, in which form, and how stubbornly. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly kind: "queue" | "function" | "logGroup" | "eventBus";
  readonly roleArn: string | undefined;
  /** What the target gets of an event. */
  render(event: object, context: TransformerContext): string;
  readonly deadLetterArn: string | undefined;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** As the API shows it: Input, InputPath or InputTransformer. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** The inputs of a target that the local runtime acts on. */
export const TARGET_INPUTS = [
  "arn",
  "rule",
  "eventBusName",
  "targetId",
  "roleArn",
  "input",
  "inputPath",
  "inputTransformer",
  "deadLetterConfig",
  "retryPolicy",
];

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Reads the inputs of a target.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 * @throws Error that names the input which is wrong or has no stand-in
 */
export function readTarget(id: string, inputs: Inputs): Target {
  const arn = String(inputs["arn"]);
  const kind = kindOf(arn);
  const { transform, input } = readTransform(inputs);
  if (kind === "eventBus" && Object.keys(input).length > 0) {
    throw new Error(`${Object.keys(input)[0]} has no effect on the event that another bus gets.`);
  }
  const retry = fieldsOf(inputs["retryPolicy"]);
  const deadLetterArn = textOf(fieldsOf(inputs["deadLetterConfig"]), "arn");
  if (deadLetterArn !== undefined && !/^arn:aws:sqs:(?!.*\.fifo$)/.test(deadLetterArn)) {
    throw new Error(
      `deadLetterConfig.arn must be the ARN of a standard SQS queue, not ${JSON.stringify(deadLetterArn)}.`,
    );
  }
  return {
    id,
    arn,
    kind,
    roleArn: textOf(inputs, "roleArn"),
    render: transform,
    deadLetterArn,
    maximumRetryAttempts: bounded(retry, "maximumRetryAttempts", { min: 0, max: 185 }),
    maximumEventAgeSeconds: bounded(retry, "maximumEventAgeInSeconds", { min: 60, max: 86_400 }),
    input,
  };
}

function kindOf(arn: string): Target["kind"] {
  const { service, resource } = parseArn(arn);
  if (service === "sqs" && resource.endsWith(".fifo")) {
    throw new Error(`the local runtime has no stand-in for FIFO queues as targets (${arn}).`);
  }
  if (service === "sqs") return "queue";
  if (service === "lambda" && resource.startsWith("function:")) return "function";
  if (service === "logs" && resource.startsWith("log-group:")) return "logGroup";
  if (service === "events" && resource.startsWith("event-bus/")) return "eventBus";
  throw new Error(`the local runtime has no stand-in for ${arn} as a target of a rule.`);
}

function readTransform(inputs: Inputs): { transform: Target["render"]; input: Inputs } {
  const { inputTransformer } = inputs;
  const input = textOf(inputs, "input");
  const inputPath = textOf(inputs, "inputPath");
  if ([input, inputPath, inputTransformer].filter((given) => given !== undefined).length > 1) {
    throw new Error("only one of input, inputPath and inputTransformer may be given.");
  }
  if (input !== undefined) {
    checkJson(input, "input");
    return { transform: () => input, input: { Input: input } };
  }
  if (inputPath !== undefined) {
    const find = parseJsonPath(inputPath);
    return { transform: (event) => JSON.stringify(find(event) ?? null), input: { InputPath: inputPath } };
  }
  if (inputTransformer === undefined) return { transform: (event) => JSON.stringify(event), input: {} };
  const { inputPaths, inputTemplate } = fieldsOf(inputTransformer);
  const paths = fieldsOf(inputPaths) as Readonly<Record<string, string>>;
  const template = String(inputTemplate);
  const transform: Transform = parseInputTransformer(paths, template);
  return { transform, input: { InputTransformer: { InputPathsMap: paths, InputTemplate: template } } };
}

function bounded(policy: Inputs, name: string, { min, max }: { min: number; max: number }): number {
  const value = policy[name] ?? max;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw new Error(`retryPolicy.${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}.`);
  }
  return value;
}

function checkJson(text: string, input: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new Error(`${input} must be JSON.`);
  }
}

function fieldsOf(value: unknown): Inputs {
  return isFields(value) ? value : {};
}

function textOf(fields: Inputs, name: string): string | undefined {
  const value = fields[name];
  if (value !== undefined && typeof value !== "string") {
    throw new Error(`${name} must be a text, not ${JSON.stringify(value)}.`);
  }
  return value;
}
