import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Order } from "../../contracts/order";
import { Rejection } from "../../contracts/task";
import type { ChargeAnswer } from "../../handlers/paymentGateway";
import { processPayment } from "../../handlers/processPayment";
import { anOrder, captured } from "../contracts/anOrder";
import { observed } from "./observed";

const INPUT = { orderId: "order-1", tenantId: "acme", correlationId: "c", amountMinor: 10997, currency: "EUR" };
const reserved = anOrder({ stage: "INVENTORY_RESERVED", reserved: true });
const CANCELLED = new Rejection("OrderCancelled", "The order is cancelled.");

function setUp(order: Order, charged: ChargeAnswer, written: "DONE" | "ALREADY_DONE" | "CANCELLED" = "DONE") {
  const calls: string[] = [];
  const run = processPayment({
    ledger: {
      read: async () => order,
      pay: async () => (calls.push("write"), written),
    },
    payments: {
      charge: async () => (calls.push("charge"), charged),
      refundOrVoid: async () => (calls.push("refundOrVoid"), { outcome: "VOIDED" }),
    },
  });
  return { run, calls };
}

const CAPTURED = { outcome: "CAPTURED", transactionId: "txn-1" } as const;

describe("processPayment", () => {
  it("charges a reserved order and writes it down", async () => {
    const { run, calls } = setUp(reserved, CAPTURED);
    const { answer, counted } = await observed(() => run(INPUT));
    assert.deepEqual([answer, calls, counted], [{ transactionId: "txn-1" }, ["charge", "write"], ["PaymentProcessed"]]);
  });

  it("answers a paid order as the first time, without the gateway", async () => {
    const { run, calls } = setUp({ ...reserved, stage: "CONFIRMED", payment: captured }, CAPTURED);
    assert.deepEqual([await run(INPUT), calls], [{ transactionId: "txn-1" }, []]);
  });

  it("does not charge an order behind the fence, and takes back what an earlier try may have charged", async () => {
    for (const stage of ["CANCELLING", "FAILED"] as const) {
      const { run, calls } = setUp({ ...reserved, stage }, CAPTURED);
      assert.deepEqual([await run(INPUT), calls], [CANCELLED, ["refundOrVoid"]]);
    }
  });

  it("gives the money back when the fence came between the charge and the ledger", async () => {
    const { run, calls } = setUp(reserved, CAPTURED, "CANCELLED");
    assert.deepEqual([await run(INPUT), calls], [CANCELLED, ["charge", "write", "refundOrVoid"]]);
  });

  it("refuses when the gateway has the order as voided", async () => {
    const { run, calls } = setUp(reserved, { outcome: "VOIDED" });
    assert.deepEqual([await run(INPUT), calls], [CANCELLED, ["charge"]]);
  });

  it("passes a decline on with its reason", async () => {
    const { run } = setUp(reserved, { outcome: "DECLINED", reason: "card expired" });
    const { answer, counted } = await observed(() => run(INPUT));
    assert.deepEqual(answer, new Rejection("PaymentDeclined", "The payment was declined: card expired."));
    assert.deepEqual(counted, ["PaymentFailed"]);
  });

  it("charges neither an order without stock nor another amount than the order's", async () => {
    const early = setUp(anOrder(), CAPTURED);
    await assert.rejects(early.run(INPUT), /order-1 cannot be charged at stage RECEIVED/);
    const wrong = setUp(reserved, CAPTURED);
    await assert.rejects(wrong.run({ ...INPUT, amountMinor: 1 }), /order-1 is over 10997 EUR, not 1 EUR/);
    assert.deepEqual([...early.calls, ...wrong.calls], []);
  });
});
