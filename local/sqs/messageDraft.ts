import { isFields, type OperationInput } from "../operationInput";
import type { MessageAttribute, MessageAttributes, MessageDraft } from "./message";
import { invalidMessageContents, invalidParameterValue, unsupportedOperation } from "./sqsError";

const DELAY = { min: 0, max: 900 };
const MOST_ATTRIBUTES = 10;

/** The fields of a message that SendMessage and an entry of SendMessageBatch share. */
export const DRAFT_FIELDS = [
  "MessageBody",
  "DelaySeconds",
  "MessageAttributes",
  "MessageSystemAttributes",
  "MessageDeduplicationId",
  "MessageGroupId",
];

/**
 * Reads and checks a message to send.
 *
 * @param mostBytes the queue's maximum message size; counts body and attributes
 */
export function readDraft(input: OperationInput, senderId: string, mostBytes: number): MessageDraft {
  for (const field of ["MessageDeduplicationId", "MessageGroupId"]) {
    if (input.has(field)) throw unsupportedOperation(`The local runtime has no stand-in for ${field}.`);
  }
  const draft = {
    body: input.text("MessageBody"),
    attributes: readAttributes(input.fieldsOf("MessageAttributes")),
    senderId,
    traceHeader: readTraceHeader(input.fieldsOf("MessageSystemAttributes")),
    delaySeconds: input.optionalInteger("DelaySeconds", DELAY),
  };
  checkDraft(draft, mostBytes);
  return draft;
}

/** Refuses a message that is empty, too long, or has characters that SQS does not carry. */
export function checkDraft({ body, attributes }: MessageDraft, mostBytes: number): void {
  if (body === "") throw invalidParameterValue("The request must contain a non-empty message body.");
  if (!isCarried(body)) throw invalidMessageContents();
  if (bytesOf({ body, attributes }) > mostBytes) {
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${mostBytes} bytes.`,
    );
  }
}

/** What counts for the size of a message: its body, and names, types and values of its attributes. */
export function bytesOf({ body, attributes }: Pick<MessageDraft, "body" | "attributes">): number {
  return Object.entries(attributes).reduce((bytes, [name, { dataType, stringValue = "", binaryValue = "" }]) => {
    const valueBytes = Buffer.byteLength(stringValue) + Buffer.byteLength(binaryValue, "base64");
    return bytes + Buffer.byteLength(name) + Buffer.byteLength(dataType) + valueBytes;
  }, Buffer.byteLength(body));
}

/** #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD, #x10000 to #x10FFFF: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function isCarried(text: string): boolean {
  return /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text);
}

function readTraceHeader(system: Readonly<Record<string, unknown>>): string | undefined {
  const { AWSTraceHeader: header, ...others } = system;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw invalidParameterValue(`Message system attribute name '${other}' is invalid.`);
  }
  return header === undefined ? undefined : readAttribute("AWSTraceHeader", header).stringValue;
}

function readAttributes(fields: Readonly<Record<string, unknown>>): MessageAttributes {
  const entries = Object.entries(fields);
  if (entries.length > MOST_ATTRIBUTES) {
    throw invalidParameterValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(name: string, value: unknown): MessageAttribute {
  if (!/^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i.test(name)) {
    throw invalidParameterValue(`Message (user) attribute name '${name}' is invalid.`);
  }
  const { DataType: dataType, StringValue: text, BinaryValue: binary } = isFields(value) ? value : {};
  if (typeof dataType !== "string" || !/^(String|Number|Binary)(\..{1,250})?$/.test(dataType)) {
    throw invalidParameterValue(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const isBinary = dataType.startsWith("Binary");
  const given = isBinary ? binary : text;
  if (typeof given !== "string" || given === "") {
    throw invalidParameterValue(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${dataType}'.`,
    );
  }
  if (!isBinary && !isCarried(given)) throw invalidMessageContents();
  if (dataType.startsWith("Number") && !/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(given.trim())) {
    throw invalidParameterValue(`Could not cast message (user) attribute '${name}' value to number.`);
  }
  return isBinary ? { dataType, binaryValue: given } : { dataType, stringValue: given };
}
