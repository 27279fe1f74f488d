/** What clients poll. CONFIRMED and FAILED are final. */
export type OrderStatus = "PENDING" | "CONFIRMED" | "FAILED";

/** The ledger of the saga: how far an order came, and from CANCELLING on, that it only goes back. */
export type OrderStage =
  "RECEIVED" | "INVENTORY_RESERVED" | "PAYMENT_PROCESSED" | "CONFIRMED" | "CANCELLING" | "FAILED";

/** Why an order fails. The code is what programs compare, the reason is what customers read. */
export type FailureCode = "OUT_OF_STOCK" | "PAYMENT_DECLINED" | "TECHNICAL_FAULT";

export interface OrderFailure {
  /** The task that said no or broke, for example `ProcessPayment`. */
  readonly step: string;
  readonly code: FailureCode;
  /** A sentence for the customer; never internals. */
  readonly reason: string;
}

export type PaymentStatus = "CAPTURED" | "REFUNDED" | "VOIDED";

export interface Payment {
  readonly status: PaymentStatus;
  /** The payment gateway's own id. Absent when the charge was voided before it ever happened. */
  readonly transactionId?: string;
  readonly amountMinor: number;
}

/** One product of an order, at the price that the inventory had when the order was accepted. */
export interface OrderLine {
  readonly productId: string;
  readonly name: string;
  readonly qty: number;
  readonly unitPriceMinor: number;
}

/** An order as the Orders table keeps it: the record of acceptance and the saga's ledger in one item. */
export interface Order {
  readonly orderId: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly customerEmail?: string;
  readonly items: readonly OrderLine[];
  readonly amountMinor: number;
  readonly currency: string;
  readonly status: OrderStatus;
  readonly stage: OrderStage;
  /** True while stock is held for the order. */
  readonly reserved: boolean;
  readonly payment?: Payment;
  readonly receiptKey?: string;
  readonly failure?: OrderFailure;
  /** Grows by one with every write, from 1. */
  readonly version: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly correlationId: string;
  /** SHA-256 of the canonical request body: tells a replay from another order under the same idempotency key. */
  readonly bodyHash: string;
}

/** Stages from which an order can still be cancelled. */
export const OPEN_STAGES = ["RECEIVED", "INVENTORY_RESERVED", "PAYMENT_PROCESSED"] as const satisfies OrderStage[];
