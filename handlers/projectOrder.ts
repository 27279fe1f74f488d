import type { OrderEvent } from "../contracts/events";
import type { Order } from "../contracts/order";
import type { Orders } from "./createOrder";
import { log } from "./telemetry";

/** The ledger's rows, one an order. */
export interface LedgerRows {
  /** Keeps the order as it is, unless a later version of it is there. Answers whether it was written. */
  keep(order: Order): Promise<boolean>;
}

/**
 * Brings an order's row up to date, whatever its event tells: it reads the order as it is now. So a late, repeated or
 * replayed event writes what is true anyway, or nothing, and events need not carry what the ledger wants to know.
 */
export function projectOrder({ orders, rows }: { readonly orders: Pick<Orders, "find">; readonly rows: LedgerRows }) {
  return async ({ type, detail }: OrderEvent): Promise<void> => {
    const order = await orders.find(detail.orderId);
    if (order === undefined) return log("warn", "An event tells of an order that does not exist.", { type });
    const written = await rows.keep(order);
    log("debug", written ? "Wrote an order's row." : "The row was up to date.", { type, version: order.version });
  };
}
