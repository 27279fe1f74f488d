import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Order } from "../../contracts/order";
import { receiptOf } from "../../contracts/receipt";
import { Rejection } from "../../contracts/task";
import { issueReceipt } from "../../handlers/issueReceipt";
import { anOrder, captured } from "../contracts/anOrder";
import { observed } from "./observed";

const INPUT = { orderId: "order-1", tenantId: "acme", correlationId: "c" };
const KEY = "receipts/2026/11/order-1.json";
const paid = anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured });
const CANCELLED = new Rejection("OrderCancelled", "The order is cancelled.");

function setUp(order: Order, issued: "DONE" | "ALREADY_DONE" | "VOID" = "DONE") {
  const receipts: unknown[] = [];
  const run = issueReceipt({
    ledger: { read: async () => order },
    receipts: { issue: async (...receipt) => (receipts.push(receipt), issued) },
  });
  return { run: () => run(INPUT), receipts };
}

describe("issueReceipt", () => {
  it("issues the receipt of an order that is paid, and answers where it is", async () => {
    const { run, receipts } = setUp(paid);
    const { answer, counted } = await observed(run);
    assert.deepEqual([answer, counted], [{ receiptKey: KEY }, ["ReceiptIssued"]]);
    assert.deepEqual(receipts, [[KEY, receiptOf(paid)]]);
  });

  it("answers a second time as the first, and counts once", async () => {
    const { answer, counted } = await observed(setUp(paid, "ALREADY_DONE").run);
    assert.deepEqual([answer, counted], [{ receiptKey: KEY }, []]);
  });

  it("issues nothing for an order that is confirmed already", async () => {
    const { run, receipts } = setUp({ ...paid, stage: "CONFIRMED" });
    assert.deepEqual([await run(), receipts], [{ receiptKey: KEY }, []]);
  });

  it("refuses behind the fence, without issuing", async () => {
    for (const stage of ["CANCELLING", "FAILED"] as const) {
      const { run, receipts } = setUp({ ...paid, stage });
      assert.deepEqual([await run(), receipts], [CANCELLED, []]);
    }
  });

  it("refuses when the receipt was voided after the look at the order", async () => {
    const { answer, counted } = await observed(setUp(paid, "VOID").run);
    assert.deepEqual([answer, counted], [CANCELLED, []]);
  });

  it("issues nothing for an order that is not paid", async () => {
    for (const stage of ["RECEIVED", "INVENTORY_RESERVED"] as const) {
      const { run, receipts } = setUp({ ...paid, stage });
      await assert.rejects(run, { message: `Order order-1 gets no receipt at stage ${stage}.` });
      assert.deepEqual(receipts, []);
    }
  });
});
