import { isFields, type OperationInput } from "../operationInput";
import type { MessageAttribute, MessageAttributes } from "../sqs/message";
import { bytesOf } from "../sqs/messageDraft";
import { attributeInvalid, invalidParameter } from "./snsError";

/** How subscribers can be reached here. */
export const PROTOCOLS = ["email", "email-json", "sqs", "lambda"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A message to publish, already checked. */
export interface TopicMessage {
  /** The text for a protocol: its own with MessageStructure `json`, else the one for all. */
  textFor(protocol: Protocol): string;
  readonly subject?: string;
  readonly attributes: MessageAttributes;
  /** Body and attributes. */
  readonly bytes: number;
}

/** The fields of a message that Publish and an entry of PublishBatch share. */
export const MESSAGE_FIELDS = [
  "Message",
  "Subject",
  "MessageStructure",
  "MessageAttributes",
  "MessageDeduplicationId",
  "MessageGroupId",
];

/** What a topic takes that has no attribute MaximumMessageSize: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const MOST_BYTES = 262_144;

/**
 * Reads and checks the fields of a message; its size is for the caller to judge.
 *
 * @throws InvalidParameter, ParameterValueInvalid
 */
export function readMessage(input: OperationInput): TopicMessage {
  for (const field of ["MessageDeduplicationId", "MessageGroupId"]) {
    if (input.has(field)) throw invalidParameter(`${field} Reason: the local runtime has no stand-in for it`);
  }
  const structure = input.optionalText("MessageStructure");
  if (structure !== undefined && structure !== "json") throw invalidParameter("MessageStructure");
  const subject = input.optionalText("Subject");
  return makeMessage({
    message: input.text("Message"),
    ...(subject === undefined ? {} : { subject }),
    attributes: readAttributes(input.fieldsOf("MessageAttributes")),
    perProtocol: structure === "json",
  });
}

/** What {@link makeMessage} checks. */
export interface MessageParts {
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
  /** Whether the message is a JSON object of texts by protocol, with `default` for the others. */
  readonly perProtocol?: boolean;
}

/** @throws InvalidParameter */
export function makeMessage({ message, subject, attributes = {}, perProtocol }: MessageParts): TopicMessage {
  if (message === "") throw invalidParameter("Empty message");
  if (subject !== undefined) checkSubject(subject);
  const texts = perProtocol === true ? readTexts(message) : { default: message };
  return {
    textFor: (protocol) => texts[protocol] ?? texts.default,
    ...(subject === undefined ? {} : { subject }),
    attributes,
    bytes: bytesOf({ body: message, attributes }),
  };
}

/** UTF-8 without line breaks and control characters, below 100 characters: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function checkSubject(subject: string): void {
  if (!/^\P{Cc}{1,99}$/u.test(subject) || subject.trim() === "") throw invalidParameter("Subject");
}

/** Values that are no texts are passed over, as are the names of other protocols. */
function readTexts(message: string): Partial<Record<Protocol, string>> & { readonly default: string } {
  let document: unknown;
  try {
    document = JSON.parse(message);
  } catch {
    document = undefined;
  }
  if (!isFields(document)) throw invalidParameter("Message Structure - JSON message body failed to parse");
  const texts = Object.fromEntries(
    Object.entries(document).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const { default: fallback } = texts;
  if (fallback === undefined) throw invalidParameter("Message Structure - No default entry in JSON message body");
  return { ...texts, default: fallback };
}

function readAttributes(fields: Readonly<Record<string, unknown>>): MessageAttributes {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, readAttribute(name, value)]));
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
function readAttribute(name: string, value: unknown): MessageAttribute {
  if (!/^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i.test(name)) {
    throw attributeInvalid(`The message attribute name '${name}' is invalid.`);
  }
  const { DataType: dataType, StringValue: text, BinaryValue: binary } = isFields(value) ? value : {};
  if (typeof dataType !== "string" || !/^(String|Number|Binary)(\..{1,250})?$/.test(dataType)) {
    throw attributeInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const isBinary = dataType.startsWith("Binary");
  const given = isBinary ? binary : text;
  if (typeof given !== "string" || given === "") {
    throw attributeInvalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`,
    );
  }
  if (dataType.startsWith("Number") && !/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(given.trim())) {
    throw attributeInvalid(`Could not cast message attribute '${name}' value to number.`);
  }
  return isBinary ? { dataType, binaryValue: given } : { dataType, stringValue: given };
}
