import type { Order } from "../../contracts/order";
import type { Payment } from "../books";
import type { Checker, Violation } from "../history";

/**
 * Money, by the payment gateway's own books: what was captured and not refunded is the order's total if it is CONFIRMED,
 * else nothing; an order is captured once at most, and nothing is captured that no order stands for.
 */
export const checkMoney: Checker = ({ books }) => {
  const payments = new Map(books.payments.map((payment) => [payment.orderId, payment]));
  const orderIds = new Set(books.orders.map(({ orderId }) => orderId));
  return [
    ...books.orders.flatMap((order) => ofOrder(order, payments.get(order.orderId))),
    ...books.payments.flatMap(({ orderId, captures = 0 }) =>
      captures > 0 && !orderIds.has(orderId) ? [violation(orderId, `is charged, but no such order is stored.`)] : [],
    ),
  ];
};

function ofOrder(order: Order, payment: Payment | undefined): Violation[] {
  const { orderId, status, amountMinor, currency } = order;
  const { captures = 0, refunds = 0, amountMinor: chargedMinor = 0 } = payment ?? {};
  const keptMinor = (captures - refunds) * chargedMinor;
  const owedMinor = status === "CONFIRMED" ? amountMinor : 0;
  const books = `captured ${captures} ×, refunded ${refunds} ×, ${chargedMinor} ${currency} minor units each`;
  return [
    ...(captures > 1 ? [violation(orderId, `was captured ${captures} times.`)] : []),
    ...(refunds > captures
      ? [violation(orderId, `was refunded ${refunds} times but captured ${captures} times.`)]
      : []),
    ...(keptMinor !== owedMinor
      ? [violation(orderId, `is ${status} and owes ${owedMinor}, but ${keptMinor} was kept (${books}).`)]
      : []),
  ];
}

function violation(orderId: string, what: string): Violation {
  return { promise: "money", sentence: `Order ${orderId} ${what}`, orderId };
}
