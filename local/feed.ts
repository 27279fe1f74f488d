import { EventEmitter } from "node:events";
import type { Charge } from "./meter/charge";

/** What happens in the runtime, for whoever watches: the terminal, tests, a console. Times are the clock's, in ms. */
export interface FeedEvents {
  /** A call of a function began to run: its process is there, and the handler has the event. */
  readonly invocationBegun: { readonly functionName: string; readonly requestId: string; readonly timeMs: number };
  /** A function was called and answered. `error` is the unhandled error's type and message. */
  readonly invocation: {
    readonly functionName: string;
    readonly requestId: string;
    readonly startedMs: number;
    readonly durationMs: number;
    readonly cold: boolean;
    /** How many invocations of the function ran when this one began, itself included. */
    readonly concurrency?: number;
    readonly error?: { readonly errorType: string; readonly errorMessage: string };
    /** What it ran with and about. */
    readonly run?: FunctionRun;
  };
  /** A call of a function was refused, because its reserved concurrency was used up. */
  readonly throttle: { readonly functionName: string; readonly timeMs: number };
  /** An asynchronous call of a function was taken on, or given up; `lost` when its dead-letter queue is not there. */
  readonly asyncCall: {
    readonly functionName: string;
    readonly what: "received" | "dropped" | "lost";
    readonly timeMs: number;
  };
  /** A batch of a stream is about to be handed to a function; the age is that of its last record. */
  readonly streamBatch: { readonly functionName: string; readonly ageMs: number; readonly timeMs: number };
  /** One line that a function or service wrote to a log group. */
  readonly log: { readonly group: string; readonly stream: string; readonly timeMs: number; readonly message: string };
  /** An event was accepted by a bus, in EventBridge's own shape. */
  readonly busEvent: { readonly bus: string; readonly event: BusEvent };
  /** A rule was set off, or what became of one attempt to deliver to one of its targets. */
  readonly ruleDelivery: {
    readonly bus: string;
    readonly rule: string;
    readonly what: "triggered" | "attempted" | "delivered" | "retried" | "dropped" | "deadLettered" | "lost";
    readonly timeMs: number;
  };
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
    /** Name of the API. */
    readonly api?: string;
    readonly stage?: string;
    /** How long the function behind it took, when one was called. */
    readonly integrationMs?: number;
    readonly timeMs?: number;
    /** Name of the gateway's own answer, when it gave one: `THROTTLED`, for example. */
    readonly refusal?: string;
    /** Path and answer, to look in for what the request was about. */
    readonly about?: () => string;
  };
  /** An AWS operation was called at the endpoint, by whomever, and answered or made to fail. */
  readonly call: {
    /** For example `sqs:SendMessage`. */
    readonly action: string;
    /** Role of the function that called; absent for a caller from outside. */
    readonly roleArn?: string;
    /** Names of the queues, tables, buses and the like that the request is about, as far as its body says. */
    readonly about: readonly string[];
    /** False when it failed or was made to; that a condition does not hold is no failure. */
    readonly ok: boolean;
    readonly timeMs: number;
  };
  /** A call of DynamoDB was answered, or made to fail. */
  readonly databaseCall: {
    /** For example `PutItem`. */
    readonly operation: string;
    /** Names of the tables that it was about, each once. */
    readonly tables: readonly string[];
    /** The index that was read; absent when it was the table. */
    readonly index?: string;
    readonly durationMs: number;
    readonly timeMs: number;
    readonly status: number;
    /** For example `ConditionalCheckFailedException`; absent when it went well. */
    readonly error?: string;
    /** Of a transaction that was cancelled: for each of its actions the table and why it failed, `None` if it did not. */
    readonly reasons?: readonly { readonly table: string; readonly code: string }[];
  };
  /** A message was published to a topic, or what became of it at one subscriber. */
  readonly notification: {
    /** Name of the topic. */
    readonly topic: string;
    readonly what: "published" | "delivered" | "filteredOut" | "dropped" | "deadLettered" | "lost";
    readonly timeMs: number;
  };
  /** Something happened that AWS bills, and that no other event tells. */
  readonly billed: Charge;
  /** An alarm turned from one state to another. */
  readonly alarm: {
    readonly name: string;
    readonly arn: string;
    readonly type: "MetricAlarm" | "CompositeAlarm";
    readonly from: AlarmStateValue;
    readonly to: AlarmStateValue;
    readonly reason: string;
    readonly timeMs: number;
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
  /** A mail arrived in the local inbox: from a topic that its address subscribed to, or sent through SES. */
  readonly mail: Mail;
  /** Something went wrong that nobody else will tell: a delivery given up, a record dropped. */
  readonly trouble: { readonly where: string; readonly message: string };
}

/** What an invocation of a function ran with. */
export interface FunctionRun {
  readonly memoryMegabytes: number;
  /** How long the process took to load, when the call had to wait for that. */
  readonly initMs?: number;
  readonly traceHeader: string;
  readonly logStream: string;
  /** What it was called with, JSON. */
  readonly payload: string;
  /** What it answered, JSON; empty when it failed. */
  readonly answer: string;
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

/** A mail in the mailbox of one recipient; a mail to three addresses is three of these. */
export interface Mail {
  /** Of this copy alone. */
  readonly id: string;
  /** The id that the publisher or sender got as an answer. */
  readonly messageId: string;
  /** The ARN of the topic, or of the SES identity, that it came from. */
  readonly sourceArn: string;
  /** The recipient of this copy, a bare address. */
  readonly to: string;
  /** The addresses in the mail's To and Cc, as the sender wrote them. */
  readonly addressees: { readonly to: readonly string[]; readonly cc: readonly string[] };
  /** For example `Orders <no-reply@sns.amazonaws.com>`. */
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly subject: string;
  /** Plain text; empty when the sender gave HTML only. */
  readonly body: string;
  readonly html?: string;
  readonly timeMs: number;
  /** The message's attributes or tags as texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

type AlarmStateValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

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
