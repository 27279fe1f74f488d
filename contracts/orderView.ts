import { toDecimal } from "./money";
import type { Order } from "./order";
import type { OrderAccepted, OrderView } from "./schemas";

/**
 * The answer to the request that made the order. It says what was true then, from what never changes
 * of an order, so a replay years later answers the same.
 */
export function orderAccepted(order: Order): OrderAccepted {
  return {
    orderId: order.orderId,
    status: "PENDING",
    totalAmount: toDecimal(order.amountMinor, order.currency),
    currency: order.currency,
    items: linesOf(order),
    createdAt: order.createdAt,
  };
}

/** The order as its tenant may see it: decimals, and nothing of the table's or the gateway's insides. */
export function orderView(order: Order): OrderView {
  const { payment, failure, receiptKey, customerEmail, currency } = order;
  return {
    orderId: order.orderId,
    userId: order.userId,
    ...(customerEmail !== undefined && { customerEmail }),
    status: order.status,
    stage: order.stage,
    totalAmount: toDecimal(order.amountMinor, currency),
    currency,
    items: linesOf(order),
    ...(payment && { payment: { status: payment.status, amount: toDecimal(payment.amountMinor, currency) } }),
    ...(failure && { failure: { step: failure.step, code: failure.code, reason: failure.reason } }),
    ...(receiptKey !== undefined && { receiptKey }),
    version: order.version,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

/** The lines of an order with decimals, as its answers and its receipt show them. */
export function linesOf({ items, currency }: Pick<Order, "items" | "currency">): OrderView["items"] {
  return items.map(({ productId, name, qty, unitPriceMinor }) => ({
    productId,
    name,
    qty,
    unitPrice: toDecimal(unitPriceMinor, currency),
    lineTotal: toDecimal(qty * unitPriceMinor, currency),
  }));
}
