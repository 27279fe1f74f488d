import type { FailureCode, OrderStage, OrderStatus } from "../contracts/order";

/*
 * What the console's server tells its page. Times are milliseconds since 1970 by the runtime's clock, amounts are
 * decimals in the stack's currency.
 */

/** What a part of the pipeline is. */
export type PartKind =
  | "api"
  | "function"
  | "table"
  | "queue"
  | "bus"
  | "rule"
  | "schedule"
  | "machine"
  | "topic"
  | "bucket"
  | "mailbox"
  | "log";

/** A resource that the program registered, as a part of the picture. */
export interface Part {
  /** Unique, and fit for a URL. */
  readonly id: string;
  readonly kind: PartKind;
  /** The physical name without the stack's prefix. */
  readonly title: string;
  /** The top-level component that it belongs to. */
  readonly box: string;
  /** The queue that it is the dead-letter queue of, or that failures go to. */
  readonly failures?: boolean;
}

/** Something that goes from one part to another. */
export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `flow` sets the other part to work; `access` only reads or writes it; `failure` carries what was given up. */
  readonly way: "flow" | "access" | "failure";
  /** What goes along it, in a few words. */
  readonly says: string;
}

export interface Graph {
  /** Names of the top-level components, in the program's order. */
  readonly boxes: readonly string[];
  readonly parts: readonly Part[];
  readonly arrows: readonly Arrow[];
}

/** A state of the saga, with the states that may follow it. */
export interface SagaState {
  readonly name: string;
  readonly type: string;
  readonly comment?: string;
  readonly nexts: readonly { readonly to: string; readonly on?: string }[];
  readonly end: boolean;
}

export interface Saga {
  readonly startAt: string;
  readonly states: readonly SagaState[];
}

/** What stays the same while the pipeline runs. */
export interface Pipeline {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  readonly apiUrl: string;
  readonly awsEndpoint: string;
  /** API key by tenant. */
  readonly apiKeys: Readonly<Record<string, string>>;
  readonly currency: string;
  /** Of a hundred orders, how many the simulated payment gateway declines. */
  readonly declinedPercent: number;
  /** Of a hundred traces, how many are recorded. */
  readonly tracedPercent: number;
  /** The age at which an order that is not final is queued again. */
  readonly finalWithinSeconds: number;
  readonly resourceCount: number;
  readonly graph: Graph;
  readonly saga: Saga;
}

/** Counts of a part since the pipeline started. */
export interface PartFigures {
  /** Invocations, messages, requests, events: whatever the part deals with. */
  readonly count: number;
  readonly failures: number;
  /** When it last failed. */
  readonly failedMs?: number;
  /** Invocations that run now. */
  readonly running: number;
  /** Messages that wait; of a queue. */
  readonly waiting?: number;
  /** Messages that somebody has received and not yet deleted. */
  readonly inFlight?: number;
}

/** An order in the list. */
export interface OrderRow {
  readonly orderId: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly status: OrderStatus;
  readonly stage: OrderStage;
  readonly failureCode?: FailureCode;
  readonly failureReason?: string;
  readonly total: number;
  readonly currency: string;
  readonly units: number;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly version: number;
}

/** Something that went wrong and was noticed. */
export interface Trouble {
  readonly atMs: number;
  /** A part's id, when it is about one. */
  readonly part?: string;
  readonly what: string;
  readonly said: string;
}

export const FAULT_NAMES = [
  "paymentsAway",
  "databaseThrottled",
  "answersLost",
  "deliveriesDoubled",
  "workersKilled",
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export interface FaultSwitch {
  readonly name: FaultName;
  readonly on: boolean;
  /** How often it struck since the pipeline started. */
  readonly count: number;
}

export type PromiseName = "stock" | "money" | "stuck";

/** One promise, judged a moment ago. */
export interface PromiseVerdict {
  readonly name: PromiseName;
  readonly state: "kept" | "broken" | "unknown";
  /** What was compared, with figures. */
  readonly said: string;
  readonly violations: readonly { readonly sentence: string; readonly orderId?: string }[];
}

export interface Burst {
  readonly of: number;
  readonly ratePerSecond: number;
  readonly sent: number;
  readonly answered: number;
  /** Answers by status; 0 stands for none. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly running: boolean;
}

/** What changed since the last telling; the first telling has everything. */
export interface Telling {
  readonly nowMs: number;
  readonly speed: number;
  readonly parts?: Readonly<Record<string, PartFigures>>;
  readonly arrows?: Readonly<Record<string, number>>;
  readonly orders?: readonly OrderRow[];
  /** True when `orders` is the whole list, which takes the place of what was told before. */
  readonly fresh?: boolean;
  /** Orders of the table by status, beyond those that are listed. */
  readonly totals?: OrderTotals;
  /** The newest last. */
  readonly troubles?: readonly Trouble[];
  readonly faults?: readonly FaultSwitch[];
  readonly promises?: readonly PromiseVerdict[];
  readonly burst?: Burst;
  /** Grows when an alarm turned, a mail came, or a dead letter moved. */
  readonly turns?: { readonly alarms: number; readonly mails: number; readonly letters: number };
  /** Why the orders cannot be read now. */
  readonly unreadable?: string | null;
}

export interface OrderTotals {
  readonly all: number;
  readonly PENDING: number;
  readonly CONFIRMED: number;
  readonly FAILED: number;
}

/** What the page asks for a burst. */
export interface BurstOrder {
  readonly of: number;
  readonly ratePerSecond: number;
}
