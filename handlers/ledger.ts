import type { Order, OrderFailure, OrderLine, Payment } from "../contracts/order";

/** The write was made: now, or by an earlier run of the same step. */
export type Made = "DONE" | "ALREADY_DONE";

/** Products that the stock did not hold enough of, by name where the name is known. */
export interface Short {
  readonly short: readonly string[];
}

/**
 * The orders as the ledger of the saga: each method makes one conditional write of contracts/lifecycle.ts.
 * It may be called any number of times, late, or twice at once, and changes an order at most once.
 * `CANCELLED` and `CONFIRMED` say on which side of the fence the order stands instead. Everything
 * else (no such order, a step out of order, the database away) is thrown.
 */
export interface Ledger {
  /** The order as it is now, read consistently. Throws when there is none. */
  read(orderId: string): Promise<Order>;
  /** Takes the stock of all lines, or of none, and remembers it in the same instant. */
  reserve(orderId: string, lines: readonly Line[]): Promise<Made | "CANCELLED" | Short>;
  pay(orderId: string, payment: Payment): Promise<Made | "CANCELLED">;
  /** Notes in the same instant where the order's receipt lies. Answers the order as it became, if it became so now. */
  confirm(
    order: TenantsOrder,
    receiptKey: string,
  ): Promise<{ readonly confirmed: Order } | "ALREADY_DONE" | "CANCELLED">;
  /** The fence. An earlier failure is kept. */
  cancel(orderId: string, failure: OrderFailure): Promise<Made | "CONFIRMED">;
  refund(orderId: string, payment: Payment): Promise<Made>;
  /** Gives the stock back if it is held. */
  release(orderId: string, lines: readonly Line[]): Promise<Made>;
  /** Throws while stock is held or money is taken. */
  fail(order: TenantsOrder): Promise<Made>;
}

/** The writes that end an order change its tenant's index, and are refused for another tenant's order. */
export type TenantsOrder = Pick<Order, "orderId" | "tenantId">;

export type Line = Pick<OrderLine, "productId" | "qty">;
