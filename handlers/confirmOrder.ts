import { toDecimal } from "../contracts/money";
import type { Order } from "../contracts/order";
import { ORDER_CANCELLED, type confirmOrder as contract } from "../contracts/orderTasks";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count, record } from "./telemetry";

/** The good end of an order that is reserved and paid, and has its receipt. What was sold is measured, once. */
export function confirmOrder({ ledger }: { readonly ledger: Pick<Ledger, "confirm"> }): HandlerOf<typeof contract> {
  return async ({ orderId, tenantId, receiptKey }) => {
    const answer = await ledger.confirm({ orderId, tenantId, receiptKey });
    if (answer === "CANCELLED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (answer !== "ALREADY_DONE") measureSale(answer);
    return undefined;
  };
}

function measureSale({ amountMinor, currency, items }: Order): void {
  count("OrderConfirmed");
  record("OrderRevenue", toDecimal(amountMinor, currency));
  record(
    "UnitsSold",
    items.reduce((units, { qty }) => units + qty, 0),
  );
}
