import { ORDER_CANCELLED, type reserveInventory as contract } from "../contracts/orderTasks";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count } from "./telemetry";

/** Takes the stock of every line of the order, or of none. */
export function reserveInventory({ ledger }: { readonly ledger: Pick<Ledger, "reserve"> }): HandlerOf<typeof contract> {
  return async ({ orderId, items }) => {
    const answer = await ledger.reserve(orderId, items);
    if (typeof answer === "object") return new Rejection("OutOfStock", `Not enough ${listed(answer.short)} in stock.`);
    if (answer === "CANCELLED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (answer === "DONE") count("InventoryReserved");
    return undefined;
  };
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}
