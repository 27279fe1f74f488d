import type { Release } from "../../clock";
import type { Feed, FeedEvents } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

/** A queue as its metrics see it. */
export interface MeasuredQueue {
  readonly identity: { readonly name: string };
  counts(): { readonly visible: number; readonly hidden: number; readonly delayed: number };
  oldestAgeSeconds(): number;
}

/** What the metrics of queues are made from. */
export interface SqsMetricsParts {
  readonly feed: Feed;
  readonly store: MetricStore;
  nowMs(): number;
  queues(): readonly MeasuredQueue[];
}

/** A message that was moved was not sent: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const COUNTED: Readonly<Partial<Record<FeedEvents["message"]["what"], string>>> = {
  sent: "NumberOfMessagesSent",
  received: "NumberOfMessagesReceived",
  deleted: "NumberOfMessagesDeleted",
};

/** A queue in which nothing happens reports for so long and no longer (same page); a poll that finds nothing is nothing. */
const ACTIVE_MS = 6 * 3_600_000;

/** The metrics of queues, by QueueName: what happens to messages, and once a minute how many there are. */
export class SqsMetrics {
  private readonly record;
  /** When something last happened in each queue. */
  private readonly activeMs = new Map<string, number>();
  private readonly release: Release;

  constructor(private readonly parts: SqsMetricsParts) {
    this.record = recorder(parts.store, "AWS/SQS");
    this.release = parts.feed.on("message", ({ queue, what, to }) => this.count(queue, what, to));
  }

  /** Records how many messages there are now, as of the minute that ended at `atMs`. */
  sample(atMs: number): void {
    for (const queue of this.parts.queues()) {
      const { name } = queue.identity;
      const { visible, hidden, delayed } = queue.counts();
      if (visible + hidden + delayed > 0) this.activeMs.set(name, atMs);
      if ((this.activeMs.get(name) ?? -Infinity) < atMs - ACTIVE_MS) continue;
      const dimensions = { QueueName: name };
      const timeMs = atMs - 60_000;
      this.record("ApproximateNumberOfMessagesVisible", dimensions, { timeMs, value: visible });
      this.record("ApproximateNumberOfMessagesNotVisible", dimensions, { timeMs, value: hidden });
      this.record("ApproximateNumberOfMessagesDelayed", dimensions, { timeMs, value: delayed });
      // Of the time of the sample, which is earlier than now when a clock that ran ahead is made up for.
      const value = Math.max(0, Math.round(queue.oldestAgeSeconds() - (this.parts.nowMs() - atMs) / 1000));
      this.record("ApproximateAgeOfOldestMessage", dimensions, { timeMs, value, unit: "Seconds" });
    }
  }

  stop(): void {
    this.release();
  }

  private count(queue: string, what: FeedEvents["message"]["what"], to: string | undefined): void {
    const timeMs = this.parts.nowMs();
    this.activeMs.set(queue, timeMs);
    if (to !== undefined) this.activeMs.set(to, timeMs);
    const name = COUNTED[what];
    if (name !== undefined) this.record(name, { QueueName: queue }, { timeMs, value: 1 });
  }
}
