import type { Order } from "../../contracts/order";
import type { Receipt, ReceiptDocument } from "../../contracts/receipt";
import type { Payment } from "../books";
import type { Checker, Violation } from "../history";

/**
 * Receipts: a CONFIRMED order has the one receipt that it points to, over what was bought and charged; no other order has
 * a receipt that counts, and nobody has one without an order. (What a voided receipt left behind does not count.)
 */
export const checkReceipts: Checker = ({ books }) => {
  const payments = new Map(books.payments.map((payment) => [payment.orderId, payment]));
  const confirmed = books.orders.filter(({ status }) => status === "CONFIRMED");
  const due = new Set(confirmed.map(({ receiptKey }) => receiptKey));
  return [
    ...confirmed.flatMap((order) =>
      ofOrder(order, books.receipts.get(order.receiptKey ?? ""), payments.get(order.orderId)),
    ),
    ...[...books.receipts].flatMap(([key, receipt]) =>
      receipt.status === "ISSUED" && !due.has(key)
        ? [violation(receipt.orderId, `has the receipt ${key}, but no CONFIRMED order points to it.`)]
        : [],
    ),
  ];
};

function ofOrder(order: Order, receipt: ReceiptDocument | undefined, payment: Payment | undefined): Violation[] {
  const { orderId, receiptKey } = order;
  if (receiptKey === undefined) return [violation(orderId, "is CONFIRMED without a receipt.")];
  if (receipt === undefined) return [violation(orderId, `points to the receipt ${receiptKey}, which is not there.`)];
  if (receipt.status !== "ISSUED") return [violation(orderId, `is CONFIRMED, but its receipt is ${receipt.status}.`)];
  if (receipt.orderId !== orderId) return [violation(orderId, `points to the receipt of order ${receipt.orderId}.`)];
  const digits = new Intl.NumberFormat("en", { style: "currency", currency: order.currency }).resolvedOptions();
  const totalMinor = Math.round(receipt.total * 10 ** (digits.maximumFractionDigits ?? 2));
  return [
    ...(totalMinor !== payment?.amountMinor
      ? [violation(orderId, `was charged ${payment?.amountMinor ?? 0}, but its receipt says ${totalMinor}.`)]
      : []),
    ...(bought(receipt) !== ordered(order)
      ? [violation(orderId, `is for ${ordered(order)}, but its receipt says ${bought(receipt)}.`)]
      : []),
  ];
}

function bought({ lines }: Receipt): string {
  return lines.map(({ productId, qty }) => `${qty} ${productId}`).join(", ");
}

function ordered({ items }: Order): string {
  return items.map(({ productId, qty }) => `${qty} ${productId}`).join(", ");
}

function violation(orderId: string, what: string): Violation {
  return { promise: "receipts", sentence: `Order ${orderId} ${what}`, orderId };
}
