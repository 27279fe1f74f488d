import type { Order } from "../contracts/order";
import type { Books } from "./books";
import { grouped } from "./grouped";
import type { Violation } from "./history";
import type { Happenings, SeenEvent } from "./observations";
import type { Recovered } from "./recovery";

/** What became of a run. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** How often each kind of fault struck. */
  readonly faults: Readonly<Record<string, number>>;
  readonly requests: RequestCounts;
  readonly orders: OrderCounts;
  readonly happened: Readonly<Happenings>;
  readonly recovered: Recovered;
  readonly stockLooks: number;
  readonly echoes: number;
  /** What functions threw, and what the runtime could tell to nobody else, each with how often. */
  readonly troubles: Readonly<Record<string, number>>;
  /** The first order at fault, when there is one. */
  readonly evidence?: Evidence;
  readonly times: Times;
}

export interface RequestCounts {
  readonly sent: number;
  readonly accepted: number;
  readonly replayed: number;
  readonly refused: number;
  /** Without a clear answer: broken connections, 429 and 5xx. */
  readonly unclear: number;
}

export interface OrderCounts {
  readonly accepted: number;
  readonly stored: number;
  readonly confirmed: number;
  /** By the code of their failure. */
  readonly failed: Readonly<Record<string, number>>;
  /** Orders that gave stock or money back. */
  readonly compensated: number;
  readonly refunded: number;
  /** Payments that were voided before they could happen. */
  readonly voided: number;
}

/** The phases, in milliseconds of the wall; of the liveness phase those of the runtime's clock, too. */
export interface Times {
  readonly safetyMs: number;
  readonly livenessMs: number;
  readonly livenessClockMs: number;
}

/** Everything known of one order. */
export interface Evidence {
  readonly orderId: string;
  readonly ledger?: Order;
  readonly payment?: unknown;
  /** As they came, copies included. */
  readonly events: readonly SeenEvent[];
}

export function countOrders(books: Books, events: readonly SeenEvent[], accepted: number): OrderCounts {
  const { orders, payments } = books;
  const failed = grouped(
    orders.filter(({ status }) => status === "FAILED"),
    ({ failure }) => failure?.code ?? "no code",
  );
  const gaveBack = events.filter(({ type }) => type === "InventoryReleased" || type === "PaymentRefunded");
  return {
    accepted,
    stored: orders.length,
    confirmed: orders.filter(({ status }) => status === "CONFIRMED").length,
    failed: Object.fromEntries([...failed].map(([code, group]) => [code, group.length])),
    compensated: new Set(gaveBack.map(({ detail }) => detail.orderId)).size,
    refunded: payments.filter(({ status }) => status === "REFUNDED").length,
    voided: payments.filter(({ status }) => status === "VOIDED").length,
  };
}

/** What is known of the first order that a violation names. */
export function evidenceOf(
  violations: readonly Violation[],
  books: Books,
  events: readonly SeenEvent[],
): Evidence | undefined {
  const orderId = violations.find((violation) => violation.orderId !== undefined)?.orderId;
  if (orderId === undefined) return undefined;
  const ledger = books.orders.find((order) => order.orderId === orderId);
  const payment = books.payments.find((booking) => booking.orderId === orderId);
  return {
    orderId,
    ...(ledger && { ledger }),
    ...(payment && { payment }),
    events: events.filter(({ detail }) => detail.orderId === orderId),
  };
}
