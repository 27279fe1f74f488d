import { standing } from "../contracts/lifecycle";
import { ORDER_CANCELLED, type issueReceipt as contract } from "../contracts/orderTasks";
import { receiptKeyOf, receiptOf } from "../contracts/receipt";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import type { ReceiptStore } from "./receiptStore";
import { count } from "./telemetry";

/** What issuing a receipt needs of the outside world. */
export interface IssueReceiptDeps {
  readonly ledger: Pick<Ledger, "read">;
  readonly receipts: Pick<ReceiptStore, "issue">;
}

/**
 * Makes out the receipt of an order that is paid. The order is only read here; confirming it, which comes next,
 * writes down where the receipt lies. An order that is cancelled after this look has its receipt voided on the way
 * back, whichever of the two comes first.
 */
export function issueReceipt({ ledger, receipts }: IssueReceiptDeps): HandlerOf<typeof contract> {
  return async ({ orderId }) => {
    const order = await ledger.read(orderId);
    const receiptKey = receiptKeyOf(order);
    // A receipt is due while the order may be confirmed, and was issued once it is.
    const found = standing("confirm", order);
    if (found === "DONE") return { receiptKey };
    if (found === "CANCELLED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (found !== "DUE") throw new Error(`Order ${orderId} gets no receipt at stage ${order.stage}.`);

    const issued = await receipts.issue(receiptKey, receiptOf(order));
    if (issued === "VOID") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (issued === "DONE") count("ReceiptIssued");
    return { receiptKey };
  };
}
