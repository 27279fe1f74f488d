import { standing } from "../contracts/lifecycle";
import type { Order } from "../contracts/order";
import { ORDER_CANCELLED, type processPayment as contract } from "../contracts/orderTasks";
import { Rejection, type HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import type { PaymentGateway } from "./paymentGateway";
import { count } from "./telemetry";

/** What charging needs of the outside world. */
export interface ProcessPaymentDeps {
  readonly ledger: Pick<Ledger, "read" | "pay">;
  readonly payments: PaymentGateway;
}

/**
 * Charges the order and writes it down. The order is read first, because a charge cannot be made in one
 * instant with the ledger's write: an order that is cancelled must not be charged. One that is cancelled
 * between the look and the write has its money back before the step refuses, as a rejection promises no effect.
 */
export function processPayment({ ledger, payments }: ProcessPaymentDeps): HandlerOf<typeof contract> {
  /** An earlier try of this step may have charged and died, so the way back is taken even before any charge of ours. */
  const refuse = async (orderId: string): Promise<Rejection<typeof ORDER_CANCELLED>> => {
    await payments.refundOrVoid(orderId);
    return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
  };

  return async ({ orderId, amountMinor, currency }) => {
    const order = await ledger.read(orderId);
    const found = standing("pay", order);
    if (found === "CANCELLED") return refuse(orderId);
    if (found === "DONE") return { transactionId: transactionOf(order) };
    if (found !== "DUE") throw new Error(`Order ${orderId} cannot be charged at stage ${order.stage}.`);
    if (amountMinor !== order.amountMinor || currency !== order.currency) {
      throw new Error(
        `Order ${orderId} is over ${order.amountMinor} ${order.currency}, not ${amountMinor} ${currency}.`,
      );
    }

    const charged = await payments.charge({ orderId, amountMinor, currency });
    if (charged.outcome === "VOIDED") return new Rejection(ORDER_CANCELLED, "The order is cancelled.");
    if (charged.outcome === "DECLINED") {
      count("PaymentFailed");
      return new Rejection("PaymentDeclined", `The payment was declined: ${charged.reason}.`);
    }
    const { transactionId } = charged;
    const written = await ledger.pay(orderId, { status: "CAPTURED", transactionId, amountMinor });
    if (written === "CANCELLED") return refuse(orderId);
    if (written === "DONE") count("PaymentProcessed");
    return { transactionId };
  };
}

function transactionOf({ orderId, payment }: Order): string {
  if (payment?.transactionId === undefined) throw new Error(`Order ${orderId} is charged without a transaction.`);
  return payment.transactionId;
}
