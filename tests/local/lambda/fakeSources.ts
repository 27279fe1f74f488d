import type { Clock } from "../../../local/clock";
import type {
  PolledMessage,
  PolledQueue,
  PolledStream,
  QueueSource,
  StreamPage,
  StreamRecord,
} from "../../../local/lambda/eventSources";

interface Kept {
  readonly id: string;
  readonly body: string;
  receives: number;
  handle: string;
  visible: boolean;
}

/** A queue in memory with a visibility timeout on the clock. */
export class FakeQueue implements PolledQueue {
  readonly kept: Kept[] = [];
  readonly sent: { readonly body: string; readonly attributes: Readonly<Record<string, string>> }[] = [];
  /** Sizes of the batches that were handed out. */
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly clock: Clock,
    readonly visibilityTimeoutSeconds = 30,
    readonly arn = "arn:aws:sqs:eu-central-1:000000000000:orders",
  ) {}

  get ids(): readonly string[] {
    return this.kept.map(({ id }) => id);
  }

  put(...ids: readonly string[]): void {
    for (const id of ids) this.kept.push({ id, body: `body of ${id}`, receives: 0, handle: "", visible: true });
    this.tell();
  }

  receive(max: number): readonly PolledMessage[] {
    if (max < 1 || max > 10) throw new RangeError(`max ${max}`);
    const found = this.kept.filter(({ visible }) => visible).slice(0, max);
    return found.map((message) => {
      message.visible = false;
      message.receives += 1;
      const handle = (message.handle = `${message.id}/${message.receives}`);
      this.clock.after(this.visibilityTimeoutSeconds * 1000, () => {
        if (message.handle !== handle) return;
        message.visible = true;
        this.tell();
      });
      return {
        messageId: message.id,
        receiptHandle: handle,
        body: message.body,
        md5OfBody: "md5",
        attributes: { ApproximateReceiveCount: String(message.receives), SentTimestamp: "0" },
        messageAttributes: { kind: { dataType: "String", stringValue: "order" } },
      };
    });
  }

  delete(receiptHandle: string): void {
    const index = this.kept.findIndex(({ handle }) => handle === receiptHandle);
    if (index >= 0) this.kept.splice(index, 1);
  }

  onAvailable(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(body: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.sent.push({ body, attributes });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The source of the given queues. */
export function queuesOf(...queues: readonly FakeQueue[]): QueueSource {
  return { queue: (arn) => queues.find((queue) => queue.arn === arn) };
}

/** A stream in memory; positions are indexes. */
export class FakeStream implements PolledStream {
  readonly arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000";
  readonly shardId = "shardId-1";
  readonly partitionKey = "orderId";
  private readonly records: StreamRecord[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(readonly clock: Clock) {}

  /** Adds a change for each key. Sequence numbers count from 1. */
  put(...keys: readonly string[]): void {
    for (const key of keys) this.records.push(this.record(key));
    for (const listener of this.listeners) listener();
  }

  async begin(at: "TRIM_HORIZON" | "LATEST"): Promise<string> {
    return String(at === "LATEST" ? this.records.length : 0);
  }

  async read(position: string, limit: number): Promise<StreamPage> {
    const records = this.records.slice(Number(position), Number(position) + limit);
    return { records, next: String(Number(position) + records.length) };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private record(key: string): StreamRecord {
    const number = String(this.records.length + 1);
    return {
      eventID: `event-${number}`,
      eventName: "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      eventSourceARN: this.arn,
      awsRegion: "eu-central-1",
      dynamodb: {
        ApproximateCreationDateTime: this.clock.now() / 1000,
        Keys: { orderId: { S: key } },
        SequenceNumber: number,
        SizeBytes: 10,
        StreamViewType: "NEW_AND_OLD_IMAGES",
      },
    };
  }
}
