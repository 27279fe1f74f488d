import { isDeepStrictEqual } from "node:util";
import type { Order } from "../../contracts/order";
import { rebuiltOrder, type RebuiltOrder } from "../../contracts/rebuiltOrder";
import type { RecordedEvent } from "../../contracts/trail";

/** Where an order's events and its table say different things. */
export interface Difference {
  /** A field of the order, or what else was compared. */
  readonly what: string;
  readonly trail: unknown;
  readonly table: unknown;
}

/** What comparing an order with its trail came to. */
export interface Comparison {
  readonly orderId: string;
  /** `UNDER_WAY`: the order is not final and its trail is behind it, but says nothing wrong. */
  readonly outcome: "SAME" | "DIFFERS" | "UNDER_WAY";
  readonly events: number;
  readonly differences: readonly Difference[];
}

/** An order as its table and its trail have it. Read the trail first: it may be behind the order, never ahead of it. */
export interface Records {
  readonly orderId: string;
  readonly order?: Order;
  readonly events: readonly RecordedEvent[];
}

/** What an order has from its creation on. */
const LASTING = [
  ...(["orderId", "tenantId", "userId", "correlationId", "items", "amountMinor", "currency", "createdAt"] as const),
];
const CHANGING = [
  ...(["status", "stage", "reserved", "payment", "failure", "receiptKey", "version", "updatedAt"] as const),
];

/**
 * Rebuilds an order from its events alone and compares it with the one in the table. `customerEmail` and `bodyHash` are in
 * no event, and a voided payment, where no money moved, is in none either: these cannot be compared. A fault of ours is
 * told only at the order's end, and so is a want of stock that was then taken after all.
 *
 * Every version must be told of by an event, but for the writes that tell nothing: a cancellation for one of these two, and
 * the voiding of a payment. So an event that is missing shows, even when the state would be the same without it.
 */
export function compared({ orderId, order, events }: Records): Comparison {
  const answer = (outcome: Comparison["outcome"], differences: readonly Difference[] = []): Comparison => ({
    ...{ orderId, outcome, events: events.length, differences },
  });
  if (order === undefined) return answer("DIFFERS", [{ what: "order", trail: "is told of", table: "is not there" }]);
  const rebuilt = rebuiltOrder(events);
  const pending = order.status === "PENDING";
  if (rebuilt === undefined) {
    const missing = { what: "OrderCreated", trail: "is not there", table: `version ${order.version}` };
    return pending && events.length === 0 ? answer("UNDER_WAY") : answer("DIFFERS", [missing]);
  }
  const behind = pending && rebuilt.version < order.version;
  const differences = behind
    ? unequal(LASTING, rebuilt, order)
    : [...unequal([...LASTING, ...CHANGING], rebuilt, asTold(order, events)), ...untold(order, events)];
  if (differences.length > 0) return answer("DIFFERS", differences);
  return answer(behind ? "UNDER_WAY" : "SAME");
}

/** The order without what its events do not tell, or not yet. */
function asTold({ payment, failure, ...order }: Order, events: readonly RecordedEvent[]): Order {
  const isUntold = order.status === "PENDING" && silentCancellation(failure, events) !== undefined;
  return {
    ...order,
    ...(payment && payment.status !== "VOIDED" && { payment }),
    ...(failure && !isUntold && { failure }),
  };
}

/** What a cancellation was for that told nothing, when there was one. */
function silentCancellation(failure: Order["failure"], events: readonly RecordedEvent[]): string | undefined {
  if (failure?.code === "TECHNICAL_FAULT") return "the cancellation by a fault";
  const isTaken = events.some(({ type }) => type === "InventoryReserved");
  return failure?.code === "OUT_OF_STOCK" && isTaken ? "the cancellation for stock that was then taken" : undefined;
}

function unequal(fields: readonly (keyof RebuiltOrder)[], rebuilt: RebuiltOrder, order: Order): Difference[] {
  return fields
    .filter((field) => !isDeepStrictEqual(rebuilt[field], order[field]))
    .map((field) => ({ what: field, trail: rebuilt[field], table: order[field] }));
}

function untold({ failure, payment, version }: Order, events: readonly RecordedEvent[]): Difference[] {
  const versions = untoldVersions(events, version);
  const silent = [
    silentCancellation(failure, events),
    payment?.status === "VOIDED" ? "the voided payment" : undefined,
  ].filter((write) => write !== undefined);
  if (versions.length === silent.length) return [];
  return [{ what: "versions without an event", trail: versions, table: silent }];
}

/** Versions from the first to the last that no event tells of. */
export function untoldVersions(events: readonly RecordedEvent[], last: number): number[] {
  const told = new Set(events.map(({ version }) => version));
  return Array.from({ length: last }, (_, at) => at + 1).filter((version) => !told.has(version));
}
