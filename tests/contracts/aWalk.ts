import * as fc from "fast-check";
import { eventsOf } from "../../contracts/eventsOf";
import { lifecycle, standing, statusOf, type LifecycleWrite } from "../../contracts/lifecycle";
import type { Order } from "../../contracts/order";
import { receiptKeyOf } from "../../contracts/receipt";
import { recordOf, type RecordedEvent } from "../../contracts/trail";
import { anOrder } from "./anOrder";

const WRITES = Object.keys(lifecycle) as LifecycleWrite[];
const TRANSACTION = "txn-7";

/** The states of an order, from its creation on; each is one legal write further. */
export type Walk = readonly Order[];

/** Any way that an order can take, and any length of it; most come to an end. */
export const aWalk: fc.Arbitrary<Walk> = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((choices) => {
  const walk = [anOrder()];
  for (const [which, how] of choices) {
    const order = walk.at(-1) as Order;
    const due = WRITES.filter((write) => standing(write, order) === "DUE");
    const write = due[which % due.length];
    if (write !== undefined) walk.push(after(order, write, how));
  }
  return walk;
});

/** The events of a walk, as the trail has them. */
export function trailOf(walk: Walk): RecordedEvent[] {
  return walk.flatMap((order, at) => {
    const before = walk[at - 1];
    return eventsOf({ ...(before && { before }), after: order }).map((event) => recordOf(event, new Date(0)));
  });
}

function after(order: Order, write: LifecycleWrite, how: number): Order {
  const { to = order.stage, sets } = lifecycle[write];
  const version = order.version + 1;
  const updatedAt = new Date(Date.parse(order.createdAt) + version * 130).toISOString();
  return { ...order, ...sets, ...brought(order, write, how), stage: to, status: statusOf(to), version, updatedAt };
}

function brought(order: Order, write: LifecycleWrite, how: number): Partial<Order> {
  const { amountMinor } = order;
  const charged = { transactionId: TRANSACTION, amountMinor };
  if (write === "pay") return { payment: { status: "CAPTURED", ...charged } };
  if (write === "confirm") return { receiptKey: receiptKeyOf(order) };
  if (write === "cancel") return { failure: failure(order, how) };
  if (write !== "refund") return {};
  // Of a charge whose answer was lost, the order knows only once it is refunded.
  return { payment: order.payment || how % 2 ? { status: "REFUNDED", ...charged } : { status: "VOIDED", amountMinor } };
}

function failure({ stage }: Order, how: number): NonNullable<Order["failure"]> {
  // An execution that found too little may cancel what another has reserved since.
  if ((how % 3 > 0 && stage === "RECEIVED") || how % 6 === 3)
    return { step: "ReserveInventory", code: "OUT_OF_STOCK", reason: "Not enough." };
  if (how % 3 > 0 && stage === "INVENTORY_RESERVED") {
    return { step: "ProcessPayment", code: "PAYMENT_DECLINED", reason: "The card has expired." };
  }
  return { step: "IssueReceipt", code: "TECHNICAL_FAULT", reason: "A technical fault." };
}
