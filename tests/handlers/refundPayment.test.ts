import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Order, Payment } from "../../contracts/order";
import type { RefundAnswer } from "../../handlers/paymentGateway";
import { refundPayment } from "../../handlers/refundPayment";
import { anOrder, captured, refunded } from "../contracts/anOrder";
import { observed } from "./observed";

const INPUT = { orderId: "order-1", tenantId: "acme", correlationId: "c", amountMinor: 10997, currency: "EUR" };
const cancelling = anOrder({ stage: "CANCELLING", payment: captured });

async function refund(order: Order, answer: RefundAnswer) {
  const asked: string[] = [];
  const written: Payment[] = [];
  const handler = refundPayment({
    ledger: { read: async () => order, refund: async (_, payment) => (written.push(payment), "DONE") },
    payments: { refundOrVoid: async (orderId) => (asked.push(orderId), answer) },
  });
  const { counted } = await observed(() => handler(INPUT));
  return { asked, written, counted };
}

describe("refundPayment", () => {
  it("writes a refund down only when money went back", async () => {
    const { written, counted } = await refund(cancelling, { outcome: "REFUNDED", transactionId: "txn-1" });
    assert.deepEqual([written, counted], [[refunded], ["PaymentRefunded"]]);
  });

  it("writes down that a charge was voided", async () => {
    const { written, counted } = await refund(anOrder({ stage: "CANCELLING" }), { outcome: "VOIDED" });
    assert.deepEqual([written, counted], [[{ status: "VOIDED", amountMinor: 10997 }], []]);
  });

  it("writes nothing about an order that was declined", async () => {
    const { asked, written } = await refund(anOrder({ stage: "CANCELLING" }), { outcome: "DECLINED" });
    assert.deepEqual([asked, written], [["order-1"], []]);
  });

  it("does not ask the gateway twice", async () => {
    const { asked, written } = await refund({ ...cancelling, payment: refunded }, { outcome: "VOIDED" });
    assert.deepEqual([asked, written], [[], []]);
  });

  it("moves no money of an order that is not behind the fence", async () => {
    for (const stage of ["RECEIVED", "INVENTORY_RESERVED", "PAYMENT_PROCESSED", "CONFIRMED"] as const) {
      await assert.rejects(
        refund({ ...cancelling, stage }, { outcome: "VOIDED" }),
        /order-1 cannot be refunded at stage/,
      );
    }
  });

  it("still asks the gateway about an order that failed, for a charge may have come late", async () => {
    const { asked } = await refund(anOrder({ stage: "FAILED" }), { outcome: "VOIDED" });
    assert.deepEqual(asked, ["order-1"]);
  });
});
