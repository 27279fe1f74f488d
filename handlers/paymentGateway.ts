/** A charge names its order: the order id is the idempotency key, so an order is charged at most once. */
export interface Charge {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/**
 * `CAPTURED`: the money was taken, now or by an earlier call. `DECLINED`: it was not, and never will be for this
 * order. `VOIDED`: refused, because the order was voided or refunded before.
 */
export type ChargeAnswer =
  | { readonly outcome: "CAPTURED"; readonly transactionId: string }
  | { readonly outcome: "DECLINED"; readonly reason: DeclineReason }
  | { readonly outcome: "VOIDED" };

/** `REFUNDED`: money was taken and has gone back. `VOIDED` and `DECLINED`: none was taken, and none can be any more. */
export type RefundAnswer =
  { readonly outcome: "REFUNDED"; readonly transactionId: string } | { readonly outcome: "VOIDED" | "DECLINED" };

export const DECLINE_REASONS = ["insufficient funds", "card expired", "declined by issuer", "suspected fraud"] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Both operations may be repeated and agree with themselves; a lost answer is asked for again. */
export interface PaymentGateway {
  charge(charge: Charge): Promise<ChargeAnswer>;
  /** Refunds the order's charge, or voids what never happened, so that a charge that comes late is refused. */
  refundOrVoid(orderId: string): Promise<RefundAnswer>;
}
