import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { OrderStage } from "../../contracts/order";
import { voidedReceiptOf } from "../../contracts/receipt";
import { voidReceipt } from "../../handlers/voidReceipt";
import { anOrder } from "../contracts/anOrder";

function setUp(stage: OrderStage) {
  const voided: unknown[] = [];
  const order = anOrder({ stage });
  const run = voidReceipt({
    ledger: { read: async () => order },
    receipts: { void: async (...mark) => void voided.push(mark) },
  });
  return { run: () => run({ orderId: "order-1", tenantId: "acme", correlationId: "c" }), voided, order };
}

describe("voidReceipt", () => {
  for (const stage of ["CANCELLING", "FAILED"] as const) {
    it(`voids the receipt of an order that is ${stage}, whether one was issued or not`, async () => {
      const { run, voided, order } = setUp(stage);
      await run();
      assert.deepEqual(voided, [["receipts/2026/11/order-1.json", voidedReceiptOf(order)]]);
    });
  }

  for (const stage of ["RECEIVED", "PAYMENT_PROCESSED", "CONFIRMED"] as const) {
    it(`does not touch the receipt of an order that is ${stage}`, async () => {
      const { run, voided } = setUp(stage);
      await assert.rejects(run, { message: `The receipt of order order-1 cannot be voided at stage ${stage}.` });
      assert.deepEqual(voided, []);
    });
  }
});
