import type { OrderView } from "../contracts/schemas";
import type { Part } from "./protocol";

/* What the page reads when somebody looks at one thing. Texts named `…At` are ISO 8601. */

export interface Invocation {
  readonly requestId: string;
  readonly startedMs: number;
  readonly durationMs: number;
  readonly cold: boolean;
  readonly error?: string;
}

export interface LogEntry {
  readonly atMs: number;
  readonly from: string;
  readonly level: string;
  readonly message: string;
  readonly keys: Readonly<Record<string, unknown>>;
}

/** Everything about one part. */
export interface PartPage {
  readonly part: Part;
  readonly resource: {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly source?: string;
    readonly inputs: unknown;
  };
  /** The newest first; of functions. */
  readonly invocations?: readonly Invocation[];
  /** The newest first; of what has a log. */
  readonly logs?: readonly LogEntry[];
}

export interface SagaAttempt {
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

export interface SagaVisit {
  readonly name: string;
  readonly type?: string;
  readonly enteredAt?: string;
  readonly exitedAt?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly attempts: readonly SagaAttempt[];
}

export interface SagaRun {
  readonly name: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outcome?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly states: readonly SagaVisit[];
}

export interface TrailStep {
  readonly atMs: number;
  readonly type: string;
  readonly version: number;
  readonly words: string;
  readonly said: string;
  readonly way: "forward" | "back" | "confirmed" | "failed";
}

export interface MailPage {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly timeMs: number;
  readonly orderId?: string;
}

export interface Cost {
  /** What the figures are in, for example USD. */
  readonly currency: string;
  readonly total: number;
  /** By what the order went through, the dearest first. */
  readonly lines: readonly { readonly what: string; readonly amount: number }[];
  /** Whose prices these are. */
  readonly basis: string;
}

/** Everything about one order. */
export interface OrderPage {
  readonly order: OrderView & { readonly tenantId: string; readonly correlationId: string };
  readonly trail: readonly TrailStep[];
  readonly charged: number;
  readonly refunded: number;
  readonly runs: readonly SagaRun[];
  readonly lines: readonly LogEntry[];
  readonly mails: readonly MailPage[];
  readonly receipt?: {
    readonly bucket: string;
    readonly key: string;
    readonly status: string;
    readonly document: unknown;
  };
  readonly letters: readonly LetterEntry[];
  /** What could not be read, and what is not told. */
  readonly notes: readonly string[];
  /** Absent for an order that was placed before anybody looked. */
  readonly cost?: Cost;
}

export interface LetterEntry {
  readonly queue: string;
  readonly id: string;
  readonly ageSeconds: number;
  readonly receives: number;
  readonly orderId?: string;
  readonly reason: string;
}

export interface LetterList {
  readonly entries: readonly LetterEntry[];
  /** Names of the queues that were looked into. */
  readonly queues: readonly string[];
}

export interface LetterPage {
  readonly queue: string;
  readonly id: string;
  readonly sentAt: string;
  readonly receives: number;
  readonly reason: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly details?: unknown;
}

export interface ReplayResult {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

export interface AlarmPage {
  readonly name: string;
  readonly state: "ALARM" | "INSUFFICIENT_DATA" | "OK";
  readonly since: string;
  readonly reason: string;
  readonly description?: string;
  readonly watches: readonly string[];
  readonly goesOff?: string;
  readonly heldBack?: string;
  readonly onlyMails: boolean;
}

export interface AlarmHappening {
  readonly at: string;
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
}

export interface AlarmList {
  readonly alarms: readonly AlarmPage[];
  readonly happenings: readonly AlarmHappening[];
}

/** A widget of the deployed dashboard with what it shows. */
export interface DashboardWidget {
  readonly type: "text" | "metric" | "alarm" | "other";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Of a text. */
  readonly markdown?: string;
  /** Of alarms: their names and states. */
  readonly alarms?: readonly { readonly name: string; readonly state: AlarmPage["state"] }[];
  /** Of metrics; times in seconds. */
  readonly series?: readonly {
    readonly label: string;
    readonly axis: "left" | "right";
    readonly points: readonly (readonly [atSeconds: number, value: number])[];
  }[];
  readonly leftLabel?: string;
  readonly rightLabel?: string;
  /** Lines at which an alarm goes off. */
  readonly limits?: readonly { readonly label: string; readonly value: number }[];
  readonly stacked?: boolean;
  /** Why it cannot be drawn. */
  readonly problem?: string;
}

export interface DashboardPage {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly widgets: readonly DashboardWidget[];
}

export interface InventoryItem {
  readonly productId: string;
  readonly name: string;
  readonly price: number;
  readonly stock: number;
  readonly category: string;
}

/** An idempotency key whose order the payment gateway will decline; absent when the stack declines none. */
export interface DeclinedKey {
  readonly key?: string;
}
