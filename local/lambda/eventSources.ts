import type { Release } from "../clock";

/** What event source mappings and failure destinations need of SQS. */
export interface QueueSource {
  /** The queue with this ARN, or undefined when nobody created it. */
  queue(arn: string): PolledQueue | undefined;
}

export interface PolledQueue {
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  /**
   * Takes up to `max` (1 to 10) of the messages that are visible now, hides each for the queue's
   * visibility timeout and counts the receive. Empty when none is visible. It answers at once, so that
   * no time of a fast clock passes between the receive and the call of the function.
   */
  receive(max: number): readonly PolledMessage[];
  /** Removes a message for good. A receipt handle that is unknown or outdated does nothing. */
  delete(receiptHandle: string): void;
  /** Calls back whenever a message may have become visible: sent, delay over, or visible again. */
  onAvailable(listener: () => void): Release;
  /** Sends a message; string attributes are optional. */
  send(body: string, attributes?: Readonly<Record<string, string>>): void;
}

/** A received message, named as in Lambda's event for SQS. */
export interface PolledMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** At least ApproximateReceiveCount, SentTimestamp, SenderId and ApproximateFirstReceiveTimestamp (ms, as text). */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, PolledAttribute>>;
  readonly md5OfMessageAttributes?: string;
}

export interface PolledAttribute {
  /** `String`, `Number` or `Binary`, with an optional suffix as in `Number.int`. */
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
}

/** What event source mappings need of DynamoDB Streams. */
export interface StreamSource {
  /** The stream with this ARN, or undefined when no table has it. */
  stream(arn: string): PolledStream | undefined;
}

/** A table's stream of one shard. Shard iterators are its own affair. */
export interface PolledStream {
  readonly arn: string;
  readonly shardId: string;
  /** Name of the table's partition key; changes with the same key stay in order when batches run in parallel. */
  readonly partitionKey: string;
  /** A position to read from: before the oldest record that is kept, or after the newest. */
  begin(at: "TRIM_HORIZON" | "LATEST"): Promise<StreamPosition>;
  /** Up to `limit` (1 to 1000) records after a position, oldest first, and the position after them. */
  read(position: StreamPosition, limit: number): Promise<StreamPage>;
  /** Calls back after a change can be read; a call that comes before may lose the change until the next. */
  onChange(listener: () => void): Release;
}

/** Opaque to all but the stream; does not expire. */
export type StreamPosition = string;

export interface StreamPage {
  readonly records: readonly StreamRecord[];
  readonly next: StreamPosition;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly eventVersion: string;
  readonly eventSource: "aws:dynamodb";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
  readonly dynamodb: {
    /** Seconds since 1970 by the runtime's clock: mappings give up records that are too old by that clock. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly NewImage?: Readonly<Record<string, unknown>>;
    readonly OldImage?: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}
