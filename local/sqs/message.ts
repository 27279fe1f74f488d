/** A user attribute of a message. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an optional suffix as in `Number.int`. */
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as its sender gives it, already checked. */
export interface MessageDraft {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  /** The X-Ray header of the sender. */
  readonly traceHeader?: string | undefined;
  /** Overrides the queue's delay. */
  readonly delaySeconds?: number | undefined;
}

/** A message in a queue. Times are ms since 1970. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly traceHeader: string | undefined;
  /** When it was first enqueued; a move to a dead-letter queue keeps it. */
  readonly sentMs: number;
  /** The queue that it failed in, when this is its dead-letter queue. */
  readonly deadLetterSourceArn: string | undefined;
  state: "delayed" | "visible" | "hidden" | "gone";
  /** When it becomes visible, while delayed or hidden. */
  dueMs: number;
  receiveCount: number;
  firstReceivedMs: number | undefined;
  /** When it was received last. */
  receivedMs: number;
  /** Tells the latest receive from earlier ones. */
  receipt: number;
}

/** A message as one receive hands it out; what changes later does not change it. */
export interface ReceivedMessage {
  readonly message: StoredMessage;
  readonly receiptHandle: string;
  readonly receiveCount: number;
  readonly firstReceivedMs: number;
}

/** The place of a receive in the opaque text that the receiver hands back. */
export interface Receipt {
  readonly queue: string;
  readonly messageId: string;
  readonly receipt: number;
}

export function writeReceiptHandle({ queue, messageId, receipt }: Receipt): string {
  return Buffer.from(`${queue}/${messageId}/${receipt}`).toString("base64");
}

/** Undefined for a text that is not a receipt handle. */
export function readReceiptHandle(handle: string): Receipt | undefined {
  const match = /^([\w-]+)\/([0-9a-f-]{36})\/(\d+)$/.exec(Buffer.from(handle, "base64").toString());
  if (match === null) return undefined;
  const [, queue = "", messageId = "", receipt] = match;
  return { queue, messageId, receipt: Number(receipt) };
}
