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
 * told only at the order's end.
 *
 * Every version must be told of by an event, but for the two writes that tell nothing: a cancellation by a fault of ours,
 * and the voiding of a payment. So an event that is missing shows, even when the state would be the same without it.
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
    : [...unequal([...LASTING, ...CHANGING], rebuilt, order), ...untold(order, events)];
  if (differences.length > 0) return answer("DIFFERS", differences);
  return answer(behind ? "UNDER_WAY" : "SAME");
}

function unequal(fields: readonly (keyof RebuiltOrder)[], rebuilt: RebuiltOrder, order: Order): Difference[] {
  const comparable: Partial<Order> = {
    ...order,
    ...(order.payment?.status === "VOIDED" && { payment: undefined }),
    ...(order.failure?.code === "TECHNICAL_FAULT" && order.status === "PENDING" && { failure: undefined }),
  } as Partial<Order>;
  return fields
    .filter((field) => !isDeepStrictEqual(rebuilt[field], comparable[field]))
    .map((field) => ({ what: field, trail: rebuilt[field], table: order[field] }));
}

function untold(order: Order, events: readonly RecordedEvent[]): Difference[] {
  const versions = untoldVersions(events, order.version);
  const silent = [
    order.failure?.code === "TECHNICAL_FAULT" && "the cancellation by a fault",
    order.payment?.status === "VOIDED" && "the voided payment",
  ].filter((write) => write !== false);
  if (versions.length === silent.length) return [];
  return [{ what: "versions without an event", trail: versions, table: silent }];
}

/** Versions from the first to the last that no event tells of. */
export function untoldVersions(events: readonly RecordedEvent[], last: number): number[] {
  const told = new Set(events.map(({ version }) => version));
  return Array.from({ length: last }, (_, at) => at + 1).filter((version) => !told.has(version));
}
