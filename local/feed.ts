import { EventEmitter } from "node:events";

/** What happens in the runtime, for whoever watches: the terminal, tests, a console. Times are the clock's, in ms. */
export interface FeedEvents {
  /** A function was called and answered. `error` is the unhandled error's type and message. */
  readonly invocation: {
    readonly functionName: string;
    readonly requestId: string;
    readonly startedMs: number;
    readonly durationMs: number;
    readonly cold: boolean;
    readonly error?: { readonly errorType: string; readonly errorMessage: string };
  };
  /** One line that a function or service wrote to a log group. */
  readonly log: { readonly group: string; readonly stream: string; readonly timeMs: number; readonly message: string };
  /** An event was accepted by a bus, in EventBridge's own shape. */
  readonly busEvent: { readonly bus: string; readonly event: BusEvent };
  /** A message moved: sent, received, deleted, hidden again, or moved to a dead-letter queue. */
  readonly message: {
    readonly queue: string;
    readonly messageId: string;
    readonly what: "sent" | "received" | "deleted" | "moved";
    readonly receiveCount: number;
    /** The queue that it was moved to. */
    readonly to?: string;
  };
  /** An execution ended, or one of its states was entered, retried, left or caught. */
  readonly execution: {
    readonly executionArn: string;
    readonly name: string;
    readonly timeMs: number;
    readonly what: "started" | "entered" | "retried" | "caught" | "exited" | "succeeded" | "failed" | "timedOut";
    readonly state?: string;
    readonly detail?: unknown;
  };
  /** An HTTP request was answered by a stage. `invoked` names the function, when one was. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly durationMs: number;
    readonly requestId: string;
    readonly invoked?: string;
  };
  /** An object was written to a bucket, deleted (which may leave a marker), or expired by a lifecycle rule. */
  readonly object: {
    readonly bucket: string;
    readonly key: string;
    /** `null` in a bucket without versioning. */
    readonly versionId: string;
    readonly what: "stored" | "removed" | "expired";
    readonly timeMs: number;
  };
  /** Something went wrong that nobody else will tell: a delivery given up, a record dropped. */
  readonly trouble: { readonly where: string; readonly message: string };
}

export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

type Listener<Name extends keyof FeedEvents> = (event: FeedEvents[Name]) => void;

/** A typed event emitter; a listener that throws does not stop the runtime. */
export class Feed {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  emit<Name extends keyof FeedEvents>(name: Name, event: FeedEvents[Name]): void {
    this.emitter.emit(name, event);
  }

  /** Listens until the answer is called. */
  on<Name extends keyof FeedEvents>(name: Name, listener: Listener<Name>): () => void {
    this.emitter.on(name, listener);
    return () => this.emitter.off(name, listener);
  }
}
