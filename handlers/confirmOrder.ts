import { toDecimal } from "../contracts/money";
import type { Order } from "../contracts/order";
import { ORDER_CANCELLED, type confirmOrder as contract } from "../contracts/orderTasks";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count, log, record } from "./telemetry";

/** The good end of an order that is reserved and paid, and has its receipt. What was sold is measured, once. */
export function confirmOrder({ ledger }: { readonly ledger: Pick<Ledger, "confirm"> }): HandlerOf<typeof contract> {
  return async ({ orderId, tenantId, receiptKey }) => {
    const answer = await ledger.confirm({ orderId, tenantId }, receiptKey);
    if (answer === "CANCELLED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (answer !== "ALREADY_DONE") {
      count("OrderConfirmed");
      measureSale(answer.confirmed);
    }
    return undefined;
  };
}

/** Never throws: the order is confirmed, and a number that is missing is no reason to try that again. */
function measureSale({ amountMinor, currency, items }: Order): void {
  try {
    record("OrderRevenue", toDecimal(amountMinor, currency));
    record(
      "UnitsSold",
      items.reduce((units, { qty }) => units + qty, 0),
    );
  } catch (error) {
    log("warn", "What was sold could not be measured.", { error });
  }
}
