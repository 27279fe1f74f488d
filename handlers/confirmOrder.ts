import { toDecimal } from "../contracts/money";
import { ORDER_CANCELLED, type confirmOrder as contract } from "../contracts/orderTasks";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import { count, log, record } from "./telemetry";

/** The good end of an order that is reserved and paid, and has its receipt. What was sold is measured, once. */
export function confirmOrder({
  ledger,
}: {
  readonly ledger: Pick<Ledger, "confirm" | "read">;
}): HandlerOf<typeof contract> {
  return async ({ orderId, receiptKey }) => {
    const answer = await ledger.confirm(orderId, receiptKey);
    if (answer === "CANCELLED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (answer === "DONE") {
      count("OrderConfirmed");
      await measureSale(ledger, orderId);
    }
    return undefined;
  };
}

/** Never rejects: the order is confirmed, and a number that is missing is no reason to try that again. */
async function measureSale(ledger: Pick<Ledger, "read">, orderId: string): Promise<void> {
  try {
    const { amountMinor, currency, items } = await ledger.read(orderId);
    record("OrderRevenue", toDecimal(amountMinor, currency));
    record(
      "UnitsSold",
      items.reduce((units, { qty }) => units + qty, 0),
    );
  } catch (error) {
    log("warn", "What was sold could not be measured.", { error });
  }
}
