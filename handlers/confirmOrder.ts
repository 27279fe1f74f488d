import { ORDER_CANCELLED, type confirmOrder as contract } from "../contracts/orderTasks";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count } from "./telemetry";

/** The good end of an order that is reserved and paid, and has its receipt. */
export function confirmOrder({ ledger }: { readonly ledger: Pick<Ledger, "confirm"> }): HandlerOf<typeof contract> {
  return async ({ orderId, receiptKey }) => {
    const answer = await ledger.confirm(orderId, receiptKey);
    if (answer === "CANCELLED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (answer === "DONE") count("OrderConfirmed");
    return undefined;
  };
}
