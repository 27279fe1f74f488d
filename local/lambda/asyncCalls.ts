import type { Clock } from "../clock";
import type { Feed, FeedEvents } from "../feed";
import { demand, type Access } from "../iam/access";
import type { FunctionError, InvocationResult } from "../invoker";
import { AwsError } from "../awsError";
import type { QueueSource } from "./eventSources";
import { actingAs } from "./executionRole";
import type { FunctionSettings } from "./functionKind";

/** One asynchronous call, called until the function answers or it is given up. */
export interface AsyncCall {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly settings: FunctionSettings;
  attempt(): Promise<InvocationResult>;
}

/** After an error: once more after one minute, and after two. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRY_AFTER_MS = [60_000, 120_000];
/** After a throttle: from one second to five minutes, until the event is six hours old (same page). */
const THROTTLED_AFTER_MS = { first: 1_000, most: 300_000 };
const MOST_AGE_MS = 6 * 3_600_000;

interface Parts {
  readonly clock: Clock;
  readonly feed: Feed;
  readonly queues: QueueSource;
  readonly access?: Access;
}

/** Lambda's internal queue for calls of invocation type Event. */
export class AsyncCalls {
  private readonly stopped = new AbortController();

  constructor(private readonly parts: Parts) {}

  /** Takes a call on; its end is told to nobody but the feed and the function's dead-letter queue. */
  accept(call: AsyncCall): void {
    this.note(call, "received");
    const { settings, payload } = call;
    const about = (): string => payload;
    this.parts.feed.emit("billed", { unit: "traceStart", resource: settings.name, quantity: 1, about });
    void this.callUntilDone(call);
  }

  stop(): void {
    this.stopped.abort(new Error("The runtime stopped."));
  }

  private async callUntilDone(call: AsyncCall): Promise<void> {
    const { clock } = this.parts;
    const acceptedMs = clock.now();
    let failures = 0;
    let throttles = 0;
    try {
      for (;;) {
        const failure = await attempt(call);
        if (failure === undefined || this.stopped.signal.aborted) return;
        const throttled = failure === "throttled";
        const backoffMs = throttled
          ? Math.min(THROTTLED_AFTER_MS.first * 2 ** throttles++, THROTTLED_AFTER_MS.most)
          : RETRY_AFTER_MS[failures++];
        if (backoffMs === undefined || clock.now() + backoffMs > acceptedMs + MOST_AGE_MS) {
          return this.giveUp(call, throttled ? THROTTLED : failure);
        }
        await clock.sleep(backoffMs, this.stopped.signal);
      }
    } catch (error) {
      if (!this.stopped.signal.aborted) this.tell(call, error instanceof Error ? error.message : String(error));
    }
  }

  private giveUp(call: AsyncCall, { errorType, errorMessage }: FunctionError): void {
    const { deadLetterQueueArn } = call.settings;
    this.tell(call, `gave up an event: ${errorType}: ${errorMessage}`);
    this.note(call, "dropped");
    if (deadLetterQueueArn === undefined) return;
    const queue = this.parts.queues.queue(deadLetterQueueArn);
    if (queue === undefined) {
      this.note(call, "lost");
      return this.tell(call, `there is no queue ${deadLetterQueueArn} for its dead letters`);
    }
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
    const ErrorMessage = errorMessage.slice(0, 1_024);
    try {
      const { access } = this.parts;
      demand(access, { principal: actingAs(call.settings), action: "sqs:SendMessage", resource: deadLetterQueueArn });
      queue.send(call.payload, { RequestID: call.requestId, ErrorCode: "200", ErrorMessage });
    } catch (error) {
      this.note(call, "lost");
      this.tell(call, `its dead-letter queue failed: ${(error as Error).message}`);
    }
  }

  private note({ settings }: AsyncCall, what: FeedEvents["asyncCall"]["what"]): void {
    const { feed, clock } = this.parts;
    feed.emit("asyncCall", { functionName: settings.name, what, timeMs: clock.now() });
  }

  private tell({ settings }: AsyncCall, message: string): void {
    this.parts.feed.emit("trouble", { where: settings.name, message });
  }
}

const THROTTLED: FunctionError = { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." };

async function attempt(call: AsyncCall): Promise<FunctionError | "throttled" | undefined> {
  try {
    const result = await call.attempt();
    return result.ok ? undefined : result.error;
  } catch (error) {
    if (error instanceof AwsError && error.status === 429) return "throttled";
    throw error;
  }
}
