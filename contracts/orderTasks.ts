import type { FailureCode } from "./order";
import { task } from "./task";

/**
 * What the saga starts with, and what travels through the order queue: the `detail` of OrderCreated.
 * At most 50 lines, so about 4 KB of the 256 KiB that an execution may take in.
 */
export interface OrderToPlace {
  readonly orderId: string;
  readonly tenantId: string;
  readonly correlationId: string;
  readonly items: readonly { readonly productId: string; readonly qty: number }[];
  readonly amountMinor: number;
  readonly currency: string;
}

/** Every task names its order, and carries tenant and correlation id into its logs. */
export interface ByOrder {
  readonly orderId: string;
  readonly tenantId: string;
  readonly correlationId: string;
}

/** A task that needs the order's receipt to be there. */
export interface ByReceipt extends ByOrder {
  readonly receiptKey: string;
}

/** Refused because the order is being cancelled, or was: nothing moves forward after the fence. */
export const ORDER_CANCELLED = "OrderCancelled";

export const reserveInventory = task<ByOrder & Pick<OrderToPlace, "items">, void>("ReserveInventory").rejecting(
  "OutOfStock",
  ORDER_CANCELLED,
);

/** Harmless when nothing is reserved. */
export const releaseInventory = task<ByOrder & Pick<OrderToPlace, "items">, void>("ReleaseInventory");

export const processPayment = task<
  ByOrder & Pick<OrderToPlace, "amountMinor" | "currency">,
  { readonly transactionId: string }
>("ProcessPayment").rejecting("PaymentDeclined", ORDER_CANCELLED);

/** Refunds what was charged, or voids what never was, so that a late charge is refused. */
export const refundPayment = task<ByOrder & Pick<OrderToPlace, "amountMinor" | "currency">, void>("RefundPayment");

/** Makes out the receipt of an order that is paid, and answers where it lies. */
export const issueReceipt = task<ByOrder, Pick<ByReceipt, "receiptKey">>("IssueReceipt").rejecting(ORDER_CANCELLED);

/** Takes the receipt back, and keeps one out that is still on its way. Harmless when there is none. */
export const voidReceipt = task<ByOrder, void>("VoidReceipt");

/** The good end, and the note in the order of where its receipt lies. */
export const confirmOrder = task<ByReceipt, void>("ConfirmOrder").rejecting(ORDER_CANCELLED);

/**
 * The fence. `CANCELLED` means that the way back is open (now, or since an earlier run; the first
 * failure is kept). `CONFIRMED` means that the order had already come to its good end: nothing is undone.
 */
export const cancelOrder = task<
  ByOrder & {
    readonly step: string;
    readonly code: FailureCode;
    /** What the failed step said: a rejection's JSON from Lambda, or the fault's own text. Never shown for a fault. */
    readonly cause: string;
  },
  { readonly outcome: "CANCELLED" | "CONFIRMED" }
>("CancelOrder");

/** The bad end. Throws while something is still reserved or charged. */
export const failOrder = task<ByOrder, void>("FailOrder");
