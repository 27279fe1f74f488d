import type { voidReceipt as contract } from "../contracts/orderTasks";
import { receiptKeyOf, voidedReceiptOf } from "../contracts/receipt";
import type { HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import type { ReceiptStore } from "./receiptStore";

/** What voiding a receipt needs of the outside world. */
export interface VoidReceiptDeps {
  readonly ledger: Pick<Ledger, "read">;
  readonly receipts: Pick<ReceiptStore, "void">;
}

/**
 * Takes the order's receipt back. An order that is not behind the fence is a fault: its receipt is good. One that has
 * FAILED is voided all the same, for a receipt may have been issued between its last look and its end.
 */
export function voidReceipt({ ledger, receipts }: VoidReceiptDeps): HandlerOf<typeof contract> {
  return async ({ orderId }) => {
    const order = await ledger.read(orderId);
    if (order.stage !== "CANCELLING" && order.stage !== "FAILED") {
      throw new Error(`The receipt of order ${orderId} cannot be voided at stage ${order.stage}.`);
    }
    await receipts.void(receiptKeyOf(order), voidedReceiptOf(order));
  };
}
