import { toDecimal } from "./money";
import type { Order } from "./order";
import { linesOf } from "./orderView";
import type { OrderAccepted } from "./schemas";

/**
 * The receipt of an order, as it lies in the bucket of receipts: JSON in UTF-8, amounts as decimals. Everything in
 * it is known when the order is paid and never changes afterwards, so an order has the same receipt, to the byte,
 * whenever and however often it is made out.
 */
export interface Receipt {
  readonly status: "ISSUED";
  /** The order's id: an order has one receipt. */
  readonly receiptNumber: string;
  readonly orderId: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly lines: OrderAccepted["items"];
  readonly total: number;
  /** ISO 4217. */
  readonly currency: string;
  /** The payment gateway's own id of the charge. */
  readonly transactionId?: string;
  /** ISO 8601, UTC: when the order was placed. It is paid within seconds, or never. */
  readonly issuedAt: string;
}

/**
 * What lies in a receipt's place when its order failed, whether a receipt was there before or not. The mark stays,
 * because it is what keeps a receipt out that is still on its way.
 */
export interface VoidedReceipt extends Pick<Receipt, "receiptNumber" | "orderId" | "tenantId"> {
  readonly status: "VOID";
}

/** All that may lie under a receipt's key. */
export type ReceiptDocument = Receipt | VoidedReceipt;

/** The folder of the bucket that holds all receipts, and nothing else. */
export const RECEIPTS_PREFIX = "receipts/";

/** Where an order's receipt lies: `receipts/{year}/{month}/{orderId}.json`, by the month (UTC) in which it was placed. */
export function receiptKeyOf({ orderId, createdAt }: Pick<Order, "orderId" | "createdAt">): string {
  const [year, month] = new Date(createdAt).toISOString().split("-");
  return `${RECEIPTS_PREFIX}${year}/${month}/${orderId}.json`;
}

/** The receipt of an order that is paid. */
export function receiptOf(order: Order): Receipt {
  const { payment, currency, createdAt } = order;
  return {
    status: "ISSUED",
    ...identityOf(order),
    userId: order.userId,
    lines: linesOf(order),
    total: toDecimal(order.amountMinor, currency),
    currency,
    ...(payment?.transactionId !== undefined && { transactionId: payment.transactionId }),
    issuedAt: createdAt,
  };
}

/** What takes the place of the receipt of an order that failed. */
export function voidedReceiptOf(order: Order): VoidedReceipt {
  return { status: "VOID", ...identityOf(order) };
}

function identityOf({ orderId, tenantId }: Order): Omit<VoidedReceipt, "status"> {
  return { receiptNumber: orderId, orderId, tenantId };
}
