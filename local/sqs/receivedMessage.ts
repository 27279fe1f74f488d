import type { MessageAttributes, ReceivedMessage } from "./message";
import { digestOfAttributes, digestOfBody } from "./messageDigest";
import { invalidAttributeName } from "./sqsError";

/** The system attributes of a standard queue's messages. Those of FIFO queues are known, and absent. */
const SYSTEM_ATTRIBUTES = [
  "SenderId",
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
];
const OF_FIFO_QUEUES = ["SequenceNumber", "MessageDeduplicationId", "MessageGroupId"];

/** What a receiver asks to see beside the body. */
export interface Wanted {
  readonly systemAttributes: readonly string[];
  /** Names, `All`, `.*`, or prefixes such as `trace.*`. */
  readonly attributes: readonly string[];
}

/** @throws InvalidAttributeName for a system attribute that SQS does not have */
export function checkWanted({ systemAttributes }: Wanted): void {
  const known = ["All", ...SYSTEM_ATTRIBUTES, ...OF_FIFO_QUEUES];
  const unknown = systemAttributes.find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalidAttributeName(unknown);
}

/** A received message as ReceiveMessage answers it. */
export function messageDocument(received: ReceivedMessage, wanted: Wanted): object {
  const { message, receiptHandle } = received;
  const attributes = pick(message.attributes, wanted.attributes);
  const digest = digestOfAttributes(attributes);
  const system = Object.entries(systemAttributesOf(received)).filter(
    ([name]) => wanted.systemAttributes.includes("All") || wanted.systemAttributes.includes(name),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: digestOfBody(message.body),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest, MessageAttributes: wire(attributes) }),
  };
}

/** All system attributes of a received message, as texts; times in ms. */
export function systemAttributesOf({
  message,
  receiveCount,
  firstReceivedMs,
}: ReceivedMessage): Readonly<Record<string, string>> {
  return {
    SenderId: message.senderId,
    SentTimestamp: `${Math.floor(message.sentMs)}`,
    ApproximateReceiveCount: `${receiveCount}`,
    ApproximateFirstReceiveTimestamp: `${Math.floor(firstReceivedMs)}`,
    ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSourceArn === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
  };
}

function pick(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const isWanted = (name: string): boolean =>
    wanted.some(
      (want) => want === "All" || want === name || (want.endsWith(".*") && name.startsWith(want.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

function wire(attributes: MessageAttributes): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        DataType: dataType,
        ...(stringValue === undefined ? {} : { StringValue: stringValue }),
        ...(binaryValue === undefined ? {} : { BinaryValue: binaryValue }),
      },
    ]),
  );
}
