import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { eventsOf } from "../../contracts/eventsOf";
import type { Order } from "../../contracts/order";
import { anOrder, captured, outOfStock, refunded } from "./anOrder";

const received = anOrder();
const reserved = anOrder({ stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
const paid = anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured, version: 3 });
const confirmed: Order = {
  ...paid,
  stage: "CONFIRMED",
  status: "CONFIRMED",
  version: 4,
  updatedAt: "2026-11-20T10:00:03.000Z",
};
const declined = { step: "ProcessPayment", code: "PAYMENT_DECLINED", reason: "Declined." } as const;

function typesOf(before: Order | undefined, after: Order | undefined): string[] {
  return eventsOf({ ...(before && { before }), ...(after && { after }) }).map(({ type }) => type);
}

describe("eventsOf", () => {
  it("tells of a new order all that is needed to place it", () => {
    assert.deepEqual(eventsOf({ after: received }), [
      {
        type: "OrderCreated",
        detail: {
          eventId: "order-1#1#OrderCreated",
          orderId: "order-1",
          tenantId: "acme",
          userId: "user-1",
          occurredAt: "2026-11-20T10:00:00.000Z",
          correlationId: "corr-1",
          items: [
            { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPriceMinor: 2999 },
            { productId: "PROD-003", name: "USB-C Hub", qty: 1, unitPriceMinor: 4999 },
          ],
          amountMinor: 10997,
          currency: "EUR",
          totalAmount: 109.97,
          itemCount: 3,
        },
      },
    ]);
  });

  it("tells each step of the good way", () => {
    assert.deepEqual(typesOf(received, reserved), ["InventoryReserved"]);
    assert.deepEqual(typesOf(reserved, paid), ["PaymentProcessed"]);
    assert.deepEqual(typesOf(paid, confirmed), ["OrderPlaced"]);
  });

  it("tells of a placed order its total, its units and when", () => {
    const [placed] = eventsOf({ before: paid, after: confirmed });
    assert.equal(placed?.type, "OrderPlaced");
    const { totalAmount, currency, itemCount, timestamp } = placed.detail;
    assert.deepEqual([totalAmount, currency, itemCount, timestamp], [109.97, "EUR", 3, "2026-11-20T10:00:03.000Z"]);
    assert.ok(!("receiptKey" in placed.detail));
    const receiptKey = "receipts/2026/11/order-1.json";
    const [withReceipt] = eventsOf({ before: paid, after: { ...confirmed, receiptKey } });
    assert.equal(withReceipt?.type === "OrderPlaced" && withReceipt.detail.receiptKey, receiptKey);
  });

  it("tells of a rejection by its own event, of a fault by none", () => {
    const cancelling = { ...reserved, stage: "CANCELLING", version: 3 } as const;
    assert.deepEqual(typesOf(received, { ...cancelling, reserved: false, failure: outOfStock }), ["InventoryFailed"]);
    assert.deepEqual(typesOf(reserved, { ...cancelling, failure: declined }), ["PaymentFailed"]);
    const [said] = eventsOf({ before: reserved, after: { ...cancelling, failure: declined } });
    assert.equal(said?.type === "PaymentFailed" && said.detail.step, "ProcessPayment");
    assert.deepEqual(typesOf(reserved, { ...cancelling, failure: { ...declined, code: "TECHNICAL_FAULT" } }), []);
  });

  it("does not say that nothing was taken when another execution took the stock a moment before", () => {
    const cancelling: Order = { ...reserved, stage: "CANCELLING", failure: outOfStock, version: 3 };
    const released: Order = { ...cancelling, reserved: false, version: 4 };
    const failed: Order = { ...released, stage: "FAILED", status: "FAILED", version: 5 };
    assert.deepEqual(typesOf(reserved, cancelling), []);
    assert.deepEqual(typesOf(cancelling, released), ["InventoryReleased"]);
    const [end, ...more] = eventsOf({ before: released, after: failed });
    assert.equal(end?.type === "OrderFailed" && end.detail.failureCode, "OUT_OF_STOCK");
    assert.deepEqual(more, []);
  });

  it("tells of a refund only when money went back", () => {
    const cancelling: Order = { ...paid, stage: "CANCELLING", failure: declined, version: 5 };
    assert.deepEqual(typesOf(cancelling, { ...cancelling, payment: refunded }), ["PaymentRefunded"]);
    assert.deepEqual(typesOf(cancelling, { ...cancelling, payment: { status: "VOIDED", amountMinor: 10997 } }), []);
  });

  it("tells of released stock and of the bad end", () => {
    const cancelling: Order = { ...reserved, stage: "CANCELLING", failure: declined, version: 5 };
    const released: Order = { ...cancelling, reserved: false, version: 6 };
    assert.deepEqual(typesOf(cancelling, released), ["InventoryReleased"]);
    const [failed] = eventsOf({
      before: released,
      after: { ...released, stage: "FAILED", status: "FAILED", version: 7 },
    });
    assert.equal(failed?.type, "OrderFailed");
    const { eventId, step, failureCode, failureReason } = failed.detail;
    assert.deepEqual([eventId, step], ["order-1#7#OrderFailed", "ProcessPayment"]);
    assert.deepEqual([failureCode, failureReason], ["PAYMENT_DECLINED", "Declined."]);
  });

  it("tells every step of writes that were merged, in their order", () => {
    assert.deepEqual(typesOf(received, confirmed), ["InventoryReserved", "PaymentProcessed", "OrderPlaced"]);
    const paidAndCancelled: Order = { ...paid, stage: "CANCELLING", failure: declined };
    const undone: Order = {
      ...paidAndCancelled,
      stage: "FAILED",
      status: "FAILED",
      reserved: false,
      payment: refunded,
    };
    assert.deepEqual(typesOf(paid, undone), ["PaymentFailed", "PaymentRefunded", "InventoryReleased", "OrderFailed"]);
  });

  it("tells nothing of a removal or of a write that changed nothing", () => {
    assert.deepEqual(typesOf(confirmed, undefined), []);
    assert.deepEqual(typesOf(confirmed, { ...confirmed, version: 5 }), []);
    assert.deepEqual(typesOf(paid, { ...paid, receiptKey: "receipts/2026/11/order-1.json" }), []);
  });

  it("does not understand an order that contradicts itself", () => {
    const { transactionId: _, ...nameless } = captured;
    assert.throws(() => typesOf(reserved, { ...paid, payment: nameless }), /order-1 is charged without a transaction/);
    assert.throws(() => typesOf(received, { ...received, stage: "FAILED" }), /order-1 is FAILED without a failure/);
  });
});
