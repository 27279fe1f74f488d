import type { failOrder as contract } from "../contracts/orderTasks";
import type { HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count } from "./telemetry";

/** The bad end, once everything is undone. */
export function failOrder({ ledger }: { readonly ledger: Pick<Ledger, "fail"> }): HandlerOf<typeof contract> {
  return async ({ orderId, tenantId }) => {
    if ((await ledger.fail({ orderId, tenantId })) === "DONE") count("OrderFailed");
  };
}
