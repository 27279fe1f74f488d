import type { Order } from "../../contracts/order";
import { grouped } from "../grouped";
import type { Checker, Violation } from "../history";

/** The audit trail holds every event that was on the bus, once, and no other. */
export const checkRecorded: Checker = ({ events, books }) => {
  const seen = new Map(events.map(({ detail }) => [detail.eventId, detail.orderId]));
  const recorded = new Set(books.recorded.map(({ eventId }) => eventId));
  const missing = [...seen].filter(([eventId]) => !recorded.has(eventId));
  const strange = books.recorded.filter(({ eventId }) => !seen.has(eventId));
  return [
    ...missing.map(([eventId, orderId]) => trail(`The event ${eventId} was on the bus, but is not recorded.`, orderId)),
    ...strange.map(({ eventId, orderId }) =>
      trail(`The event ${eventId} is recorded, but was never on the bus.`, orderId),
    ),
  ];
};

/**
 * Customers were told how each order ended, and nothing else. Being told twice is no violation here: a function that dies
 * after its message and before its note of it cannot know better.
 */
export const checkTold: Checker = ({ messages, books }) => {
  const told = grouped(messages, ({ orderId }) => orderId);
  return books.orders.flatMap((order) => ofOrder(order, new Set(told.get(order.orderId)?.map(({ ending }) => ending))));
};

function ofOrder(order: Order, endings: ReadonlySet<string>): Violation[] {
  const { orderId, status } = order;
  if (status === "PENDING")
    return endings.size === 0 ? [] : [told(orderId, "has not ended, but its customer was told so.")];
  const expected = endingOf(order);
  if (endings.size === 0) return [told(orderId, `ended ${expected}, but its customer was not told.`)];
  const others = [...endings].filter((ending) => ending !== expected);
  return others.map((ending) => told(orderId, `ended ${expected}, but its customer was told ${ending}.`));
}

function endingOf({ status, failure, payment }: Order): string {
  if (status === "CONFIRMED") return "CONFIRMED";
  if (failure?.code === "OUT_OF_STOCK") return "OUT_OF_STOCK";
  if (failure?.code === "PAYMENT_DECLINED") return "DECLINED";
  return payment?.status === "REFUNDED" ? "REFUNDED" : "FAILED";
}

function trail(sentence: string, orderId: string): Violation {
  return { promise: "trail", sentence, orderId };
}

function told(orderId: string, what: string): Violation {
  return { promise: "told", sentence: `Order ${orderId} ${what}`, orderId };
}
