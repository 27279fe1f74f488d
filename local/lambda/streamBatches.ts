import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { InvocationResult, Invoker } from "../invoker";
import { batchVerdict } from "./batchResponse";
import type { PolledStream, QueueSource, StreamRecord } from "./eventSources";
import { failureDocument, type FailureCondition } from "./failureDocument";
import type { StreamMappingSettings } from "./mappingKind";

export interface StreamMappingParts {
  readonly settings: StreamMappingSettings;
  readonly functionArn: string;
  readonly stream: PolledStream;
  readonly queues: QueueSource;
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly feed: Feed;
}

type Batch = readonly [StreamRecord, ...StreamRecord[]];

interface Attempt {
  /** How many of the first records are done. */
  readonly doneCount: number;
  readonly requestId: string;
  readonly throttled: boolean;
}

/** AWS names no figures for its exponential backoff; these keep a broken function from being hammered. */
const BACKOFF_MS = { first: 1_000, most: 60_000 };

/** A table's stream keeps its records for a day. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Brings records to a function in their order, whatever it takes: retries, splits and gives up as the mapping says.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export class StreamBatches {
  constructor(
    private readonly parts: StreamMappingParts,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when each record was handled or given up; rejects when the signal aborts. */
  async deliver(records: readonly StreamRecord[]): Promise<void> {
    const { settings, clock } = this.parts;
    let rest = records;
    let failures = 0;
    let throttles = 0;
    let last: Attempt | undefined;
    for (;;) {
      this.signal.throwIfAborted();
      const batch = this.dropAged(rest, failures, last);
      if (!isBatch(batch)) return;
      last = await this.attempt(batch);
      this.signal.throwIfAborted();
      rest = batch.slice(last.doneCount);
      if (!isBatch(rest)) return;
      if (last.throttled) {
        await clock.sleep(backoffMs(throttles++), this.signal);
        continue;
      }
      const moved = last.doneCount > 0;
      if (settings.bisectsOnError && rest.length > 1) return moved ? this.deliver(rest) : this.bisect(rest);
      // Once the stream has moved on, what is left is a batch of its own, and this was its first failure.
      failures = moved ? 1 : failures + 1;
      if (failures > settings.maximumRetryAttempts) {
        return this.giveUp(rest, "RetryAttemptsExhausted", { ...last, invokeCount: failures });
      }
      await clock.sleep(backoffMs(failures - 1), this.signal);
    }
  }

  /** Splitting does not count as a retry, so that a single bad record is found with any number of them. */
  private async bisect(batch: Batch): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    await this.deliver(batch.slice(0, middle));
    await this.deliver(batch.slice(middle));
  }

  private async attempt(batch: Batch): Promise<Attempt> {
    const { settings, invoker, feed } = this.parts;
    this.tellAge(batch);
    // Reading the stream is free for a function: https://aws.amazon.com/dynamodb/pricing/on-demand/
    const about = (): string => JSON.stringify(batch);
    feed.emit("billed", { unit: "traceStart", resource: settings.functionName, quantity: 1, about });
    let result: InvocationResult;
    try {
      result = await invoker.invoke(settings.functionName, { Records: batch });
    } catch (error) {
      // The function was not called: throttled, most likely. That is no attempt at the records.
      feed.emit("trouble", { where: settings.name, message: `cannot invoke: ${(error as Error).message}` });
      return { doneCount: 0, requestId: randomUUID(), throttled: true };
    }
    return { doneCount: this.doneCount(result, batch), requestId: result.requestId, throttled: false };
  }

  private tellAge(batch: Batch): void {
    const { feed, clock, functionArn } = this.parts;
    const timeMs = clock.now();
    const writtenMs = (batch.at(-1)?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    const functionName = functionArn.split(":function:")[1] ?? functionArn;
    feed.emit("streamBatch", { functionName, ageMs: Math.max(0, timeMs - writtenMs), timeMs });
  }

  /** Of the items that failed, the first one counts: from there on the stream is read again. */
  private doneCount(result: InvocationResult, batch: Batch): number {
    if (!result.ok) return 0;
    if (!this.parts.settings.reportsItemFailures) return batch.length;
    const ids = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const verdict = batchVerdict(result.payload, ids);
    if (verdict === "done") return batch.length;
    return verdict === "failed" ? 0 : ids.findIndex((id) => verdict.has(id));
  }

  private dropAged(records: readonly StreamRecord[], invokeCount: number, last?: Attempt): readonly StreamRecord[] {
    const { settings, clock } = this.parts;
    const limitMs = Math.min(settings.maximumRecordAgeSeconds * 1000, KEPT_MS);
    const oldestMs = clock.now() - limitMs;
    const fresh = records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime * 1000 >= oldestMs);
    const aged = fresh < 0 ? records : records.slice(0, fresh);
    const requestId = last?.requestId ?? randomUUID();
    if (isBatch(aged)) this.giveUp(aged, "RecordAgeExceeded", { requestId, invokeCount });
    return records.slice(aged.length);
  }

  private giveUp(
    records: Batch,
    condition: FailureCondition,
    { requestId, invokeCount }: { readonly requestId: string; readonly invokeCount: number },
  ): void {
    const { settings, functionArn, stream, queues, clock, feed } = this.parts;
    const where = settings.name;
    feed.emit("trouble", { where, message: `gave up ${records.length} records: ${condition}` });
    if (settings.failureQueueArn === undefined) return;
    const { arn: streamArn, shardId } = stream;
    const timeMs = clock.now();
    const failed = { condition, requestId, invokeCount, functionArn, streamArn, shardId, records, timeMs };
    const queue = queues.queue(settings.failureQueueArn);
    try {
      if (queue === undefined) throw new Error(`there is no queue ${settings.failureQueueArn}`);
      queue.send(JSON.stringify(failureDocument(failed)));
    } catch (error) {
      feed.emit("trouble", { where, message: `nothing keeps failed records: ${(error as Error).message}` });
    }
  }
}

function isBatch(records: readonly StreamRecord[]): records is Batch {
  return records.length > 0;
}

function backoffMs(attempt: number): number {
  return Math.min(BACKOFF_MS.first * 2 ** attempt, BACKOFF_MS.most);
}
