import { isFields } from "../operationInput";
import { invalidAttributeName, invalidParameterValue } from "./sqsError";

/** The attributes of a queue as the API names and writes them. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** What a queue's attributes mean. */
export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageBytes: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly redrive: Redrive | undefined;
  readonly redriveAllow: RedriveAllow;
}

/** To which queue a message moves that was received `maxReceiveCount` times in vain. */
export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Which queues may use this one for their dead letters. */
export interface RedriveAllow {
  readonly redrivePermission: "allowAll" | "denyAll" | "byQueue";
  readonly sourceQueueArns: readonly string[];
}

interface Range {
  readonly initial: string;
  readonly min: number;
  readonly max: number;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const NUMBERS: Readonly<Record<string, Range>> = {
  DelaySeconds: { initial: "0", min: 0, max: 900 },
  MaximumMessageSize: { initial: "1048576", min: 1024, max: 1_048_576 },
  MessageRetentionPeriod: { initial: "345600", min: 60, max: 1_209_600 },
  ReceiveMessageWaitTimeSeconds: { initial: "0", min: 0, max: 20 },
  VisibilityTimeout: { initial: "30", min: 0, max: 43_200 },
};
const DOCUMENTS = ["Policy", "RedrivePolicy", "RedriveAllowPolicy"];
const WITHOUT_LOCAL_EFFECT = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];
const FIFO = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];

/** The attributes that can be set. */
export const SETTABLE = [...Object.keys(NUMBERS), ...DOCUMENTS, ...WITHOUT_LOCAL_EFFECT];

/** The attributes of a queue that sets none. */
export const INITIAL_ATTRIBUTES: QueueAttributes = {
  ...Object.fromEntries(Object.entries(NUMBERS).map(([name, { initial }]) => [name, initial])),
  SqsManagedSseEnabled: "true",
};

/** Puts changes over attributes; an empty document removes it. Checks each changed value by itself. */
export function withChanges(attributes: QueueAttributes, changes: QueueAttributes): QueueAttributes {
  const changed: Record<string, string> = { ...attributes };
  for (const [name, value] of Object.entries(changes)) {
    checkAttribute(name, value);
    if (value === "" && DOCUMENTS.includes(name)) delete changed[name];
    else changed[name] = value;
  }
  return changed;
}

function checkAttribute(name: string, value: string): void {
  if (FIFO.includes(name)) {
    throw invalidParameterValue(`The local runtime has no stand-in for FIFO queues, which ${name} asks for.`);
  }
  if (!SETTABLE.includes(name)) throw invalidAttributeName(name);
  const range = NUMBERS[name];
  if (range !== undefined && !(/^\d+$/.test(value) && Number(value) >= range.min && Number(value) <= range.max)) {
    throw invalidValue(name, value, `Must be from ${range.min} to ${range.max}`);
  }
  if (value !== "" && DOCUMENTS.includes(name)) parseDocument(name, value);
}

/** What attributes mean; they must have been checked one by one. */
export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const number = (name: string): number => Number(attributes[name] ?? NUMBERS[name]?.initial);
  return {
    delaySeconds: number("DelaySeconds"),
    maximumMessageBytes: number("MaximumMessageSize"),
    retentionSeconds: number("MessageRetentionPeriod"),
    receiveWaitSeconds: number("ReceiveMessageWaitTimeSeconds"),
    visibilityTimeoutSeconds: number("VisibilityTimeout"),
    redrive: readRedrive(attributes["RedrivePolicy"]),
    redriveAllow: readRedriveAllow(attributes["RedriveAllowPolicy"]),
  };
}

function readRedrive(text: string | undefined): Redrive | undefined {
  if (text === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount, ...others } = parseDocument("RedrivePolicy", text);
  // SQS takes the count as a text too; the Terraform provider advises against it.
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== "string" || !Number.isInteger(count) || count < 1 || count > 1000) {
    throw invalidValue("RedrivePolicy", text, "It must have deadLetterTargetArn and maxReceiveCount from 1 to 1000");
  }
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalidValue("RedrivePolicy", text, `Unknown key ${other}`);
  return { deadLetterTargetArn, maxReceiveCount: count };
}

function readRedriveAllow(text: string | undefined): RedriveAllow {
  if (text === undefined) return { redrivePermission: "allowAll", sourceQueueArns: [] };
  const { redrivePermission, sourceQueueArns = [] } = parseDocument("RedriveAllowPolicy", text);
  const permission = (["allowAll", "denyAll", "byQueue"] as const).find((known) => known === redrivePermission);
  const arns: readonly unknown[] = Array.isArray(sourceQueueArns) ? sourceQueueArns : [];
  // Only byQueue names queues, one to ten: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
  const fits = permission === "byQueue" ? arns.length >= 1 && arns.length <= 10 : arns.length === 0;
  if (permission === undefined || !fits) {
    throw invalidValue(
      "RedriveAllowPolicy",
      text,
      "It must have redrivePermission and, for byQueue alone, sourceQueueArns",
    );
  }
  return { redrivePermission: permission, sourceQueueArns: arns.map(String) };
}

function parseDocument(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    if (isFields(document)) return document;
  } catch {
    // Falls through to the same refusal as JSON of another type.
  }
  throw invalidValue(name, text, "It must be a JSON object");
}

function invalidValue(name: string, value: string, reason: string): Error {
  return invalidParameterValue(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}.`);
}
