import { v5 as uuidV5 } from "uuid";
import type { Order } from "../contracts/order";
import type { Orders } from "./createOrder";

/** The namespace of order ids that are made of a body; no key ever makes one of them. */
const NAMESPACE = "e9010cb7-8926-447f-8f03-735bf27d7fe5";

/** The time around a request without an idempotency key in which an order with the same body makes it a repeat. */
export interface RepeatWindow {
  /** The id of an order that is created by this request. */
  readonly orderId: string;
  /** The ids of the two other orders that may lie within the window. */
  readonly neighbourIds: readonly [earlier: string, later: string];
  /** ISO 8601. An order that was created then does not count any more. */
  readonly after: string;
  /** ISO 8601. An order that was created then does not count yet. */
  readonly before: string;
}

export interface RepeatWindowOptions {
  readonly tenantId: string;
  readonly bodyHash: string;
  readonly at: Date;
  /** Above 0. */
  readonly seconds: number;
}

/**
 * The window of a request. Time is cut into slots as long as the window, and an order's id is made of tenant, body and
 * the slot of its `createdAt`. The promise: of two orders of one tenant with one body, neither with a key, the
 * `createdAt` differ by the window or more. So a request is a new order when the last one is at least that old, to the
 * millisecond, and else a repeat of it.
 *
 * Three ids decide. Orders of one slot are closer to each other than the window; orders with a whole slot between them
 * are not; so only the own slot and its two neighbours are looked at, and of the neighbours only how far away they are.
 *
 * No race lets two orders through. The order is put in one transaction with a check of both neighbours, and of two
 * orders that exclude each other either transaction names the id of the other order. Transactions on a common item
 * are serial (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation):
 * the second one meets the order of the first, or is cancelled by contention and tried again. What a check saw stays
 * true, because no order is deleted and none changes its `createdAt`.
 *
 * No clock has to be right for that. The id follows from the very time that is stored, so the promise holds for what is
 * stored. A function that was held up, or whose clock is behind, may come second with the earlier time: that is what
 * the later neighbour is for. Between functions whose clocks differ, the window is as much longer or shorter.
 *
 * The length is part of the id, because slots of another length are other slots: when the setting changes, orders from
 * before the change make no request a repeat. Nor do orders with a key: whoever sends keys says what a repeat is.
 */
export function repeatWindow({ tenantId, bodyHash, at, seconds }: RepeatWindowOptions): RepeatWindow {
  const lengthMs = seconds * 1000;
  const slot = Math.floor(at.getTime() / lengthMs);
  const idOf = (number: number): string => uuidV5(JSON.stringify([tenantId, bodyHash, seconds, number]), NAMESPACE);
  return {
    orderId: idOf(slot),
    neighbourIds: [idOf(slot - 1), idOf(slot + 1)],
    after: new Date(at.getTime() - lengthMs).toISOString(),
    before: new Date(at.getTime() + lengthMs).toISOString(),
  };
}

/** Looks for the order that a request at `at` repeats, without creating one. */
export async function findRepeated(
  orders: Pick<Orders, "find">,
  { orderId, neighbourIds, after, before }: RepeatWindow,
  at: string,
): Promise<Order | undefined> {
  const found = await Promise.all([orderId, ...neighbourIds].map((id) => orders.find(id)));
  const isWithin = (order: Order | undefined): order is Order =>
    order !== undefined && order.createdAt > after && order.createdAt < before;
  return repeatedOf(found.filter(isWithin), at);
}

/**
 * Which of the orders within its window a request at `at` repeats. There may be two, one before and one after it:
 * then the one before it, as the request would have met it had it been in time.
 */
export function repeatedOf(orders: readonly Order[], at: string): Order | undefined {
  return orders.find(({ createdAt }) => createdAt <= at) ?? orders[0];
}
