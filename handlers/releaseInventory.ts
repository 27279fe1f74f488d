import type { releaseInventory as contract } from "../contracts/orderTasks";
import type { HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count } from "./telemetry";

/** Gives back the stock that the order holds; harmless when it holds none. */
export function releaseInventory({ ledger }: { readonly ledger: Pick<Ledger, "release"> }): HandlerOf<typeof contract> {
  return async ({ orderId, items }) => {
    if ((await ledger.release(orderId, items)) === "DONE") count("InventoryReleased");
  };
}
