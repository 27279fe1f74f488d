import type { Clock, Release } from "../clock";
import type { Feed } from "../feed";
import type { InvocationResult, Invoker } from "../invoker";
import { chunks } from "../meter/charge";
import { fittingCount } from "./batching";
import { batchVerdict, type BatchVerdict } from "./batchResponse";
import type { PolledMessage, PolledQueue } from "./eventSources";
import type { QueueMappingSettings } from "./mappingKind";

export interface QueueMappingParts {
  readonly settings: QueueMappingSettings;
  readonly queue: PolledQueue;
  readonly invoker: Invoker;
  readonly region: string;
  readonly clock: Clock;
  readonly feed: Feed;
}

/** ReceiveMessage hands out at most ten messages, and DeleteMessageBatch takes as many. */
const MOST_PER_REQUEST = 10;

/** After a receive that the queue refused. */
const RECEIVE_AGAIN_MS = 1_000;

/**
 * Moves messages from a queue to a function, a batch at a time. A message that was handled is deleted; one that was not
 * stays hidden until its visibility timeout ends, and is then received again or moved to the dead letters.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class QueueMapping {
  private gathering: PolledMessage[] = [];
  private inFlight = 0;
  private unlisten: Release | undefined;
  private cancelWindow: Release | undefined;
  private cancelRetry: Release | undefined;

  constructor(private readonly parts: QueueMappingParts) {}

  get enabled(): boolean {
    return this.unlisten !== undefined;
  }

  start(): void {
    this.unlisten ??= this.parts.queue.onAvailable(() => this.poll());
    this.poll();
  }

  /** Receives no more. Batches in flight end as they would; messages of a batch that is not full become visible again in time. */
  stop(): void {
    this.unlisten?.();
    this.unlisten = undefined;
    this.cancelWindow?.();
    this.cancelWindow = undefined;
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    this.gathering = [];
  }

  private poll(): void {
    const { batchSize, maximumConcurrency } = this.parts.settings;
    while (this.enabled && this.inFlight < maximumConcurrency) {
      const found = this.receive(Math.min(MOST_PER_REQUEST, batchSize - this.gathering.length));
      this.gathering.push(...found);
      if (this.gathering.length === 0) return;
      if (this.gathering.length < batchSize && found.length > 0) continue;
      if (this.gathering.length < batchSize && this.waits()) return;
      this.dispatch();
    }
  }

  private receive(max: number): readonly PolledMessage[] {
    const { queue, feed, settings, clock } = this.parts;
    try {
      const messages = queue.receive(max);
      // A poll that finds nothing costs as much, but how many of them Lambda makes is no matter of what happens here.
      if (messages.length > 0) this.bill("sqsRequest", chunks(bytesOf(messages)), messages);
      return messages;
    } catch (error) {
      feed.emit("trouble", { where: settings.name, message: `cannot receive: ${(error as Error).message}` });
      this.cancelRetry ??= clock.after(RECEIVE_AGAIN_MS, () => {
        this.cancelRetry = undefined;
        this.poll();
      });
      return [];
    }
  }

  /** Whether a batch that is not full waits for more; begins the window with its first message. */
  private waits(): boolean {
    const { clock, settings } = this.parts;
    if (settings.windowSeconds === 0) return false;
    this.cancelWindow ??= clock.after(settings.windowSeconds * 1000, () => {
      this.dispatch();
      this.poll();
    });
    return true;
  }

  private dispatch(): void {
    this.cancelWindow?.();
    this.cancelWindow = undefined;
    const batch = this.gathering;
    this.gathering = [];
    this.inFlight += 1;
    void this.deliver(batch).finally(() => {
      this.inFlight -= 1;
      this.poll();
    });
  }

  private async deliver(batch: readonly PolledMessage[]): Promise<void> {
    const records = batch.map((message) => this.record(message));
    const count = fittingCount(records);
    const verdict = await this.verdict(records.slice(0, count), batch.slice(0, count));
    const handled = batch
      .slice(0, count)
      .filter(({ messageId }) => verdict === "done" || (verdict !== "failed" && !verdict.has(messageId)));
    for (const { receiptHandle } of handled) this.parts.queue.delete(receiptHandle);
    this.billDeletes(handled);
    if (count < batch.length) await this.deliver(batch.slice(count));
  }

  private billDeletes(messages: readonly PolledMessage[]): void {
    for (let at = 0; at < messages.length; at += MOST_PER_REQUEST) {
      this.bill("sqsRequest", 1, messages.slice(at, at + MOST_PER_REQUEST));
    }
  }

  private bill(unit: "sqsRequest" | "traceStart", quantity: number, messages: readonly PolledMessage[]): void {
    const { queue, settings, feed } = this.parts;
    const resource = unit === "sqsRequest" ? (queue.arn.split(":").at(-1) ?? queue.arn) : settings.functionName;
    feed.emit("billed", { unit, resource, quantity, about: () => messages.map(({ body }) => body).join("\n") });
  }

  private async verdict(records: readonly object[], batch: readonly PolledMessage[]): Promise<BatchVerdict> {
    const { settings, invoker, feed } = this.parts;
    let result: InvocationResult;
    this.bill("traceStart", 1, batch);
    try {
      const traceHeader = batch[0]?.attributes["AWSTraceHeader"];
      const options = traceHeader === undefined ? {} : { traceHeader };
      result = await invoker.invoke(settings.functionName, { Records: records }, options);
    } catch (error) {
      // The function was not called: throttled, most likely. The batch is received again in time.
      feed.emit("trouble", { where: settings.name, message: `cannot invoke: ${(error as Error).message}` });
      return "failed";
    }
    if (!result.ok) return "failed";
    if (!settings.reportsItemFailures) return "done";
    const ids = batch.map(({ messageId }) => messageId);
    const verdict = batchVerdict(result.payload, ids);
    if (verdict === "failed") {
      const message = "the function's batch response names no message of the batch, or is none: the whole batch failed";
      feed.emit("trouble", { where: settings.name, message });
    }
    return verdict;
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
  private record({ messageAttributes, ...message }: PolledMessage): object {
    const { queue, region } = this.parts;
    const attributes = Object.entries(messageAttributes).map(
      ([name, value]) => [name, { ...value, stringListValues: [], binaryListValues: [] }] as const,
    );
    return {
      ...message,
      messageAttributes: Object.fromEntries(attributes),
      eventSource: "aws:sqs",
      eventSourceARN: queue.arn,
      awsRegion: region,
    };
  }
}

function bytesOf(messages: readonly PolledMessage[]): number {
  return messages.reduce((bytes, { body }) => bytes + Buffer.byteLength(body), 0);
}
