import type { refundPayment as contract } from "../contracts/orderTasks";
import type { HandlerOf } from "../contracts/task";
import type { Ledger } from "./ledger";
import type { PaymentGateway } from "./paymentGateway";
import { count } from "./telemetry";

/** What refunding needs of the outside world. */
export interface RefundPaymentDeps {
  readonly ledger: Pick<Ledger, "read" | "refund">;
  readonly payments: Pick<PaymentGateway, "refundOrVoid">;
}

/**
 * Gives the money back, or makes sure that none can be taken, and writes down which of the two it was. An order
 * that is not behind the fence is a fault: its money must not move. One that has FAILED goes to the gateway
 * all the same, for a charge may have come between its last look and its end, and there is nothing left to write.
 */
export function refundPayment({ ledger, payments }: RefundPaymentDeps): HandlerOf<typeof contract> {
  return async ({ orderId, amountMinor }) => {
    const order = await ledger.read(orderId);
    if (order.stage !== "CANCELLING" && order.stage !== "FAILED") {
      throw new Error(`Order ${orderId} cannot be refunded at stage ${order.stage}.`);
    }
    if (order.payment?.status === "REFUNDED" || order.payment?.status === "VOIDED") return;

    const answer = await payments.refundOrVoid(orderId);
    // A declined order never had money to move; a VOIDED payment in its ledger would say that it had.
    if (answer.outcome === "DECLINED") return;
    const payment =
      answer.outcome === "REFUNDED"
        ? { status: answer.outcome, transactionId: answer.transactionId }
        : { status: answer.outcome };
    const written = await ledger.refund(orderId, { ...payment, amountMinor });
    if (written === "DONE" && answer.outcome === "REFUNDED") count("PaymentRefunded");
  };
}
