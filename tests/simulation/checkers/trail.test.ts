import assert from "node:assert/strict";
import type { Order } from "../../../contracts/order";
import { checkTrail } from "../../../simulation/checkers/trail";
import type { SeenEvent } from "../../../simulation/observations";
import { aDeclinedOrder, aHistory, anEvent, anOrder, aTrail, DECLINED_TRAIL, GOOD_TRAIL } from "../aHistory";

const sentences = (events: readonly SeenEvent[], ...orders: Order[]) =>
  checkTrail(aHistory({ events, ...(orders.length > 0 && { orders }) }))
    .map(({ sentence }) => sentence)
    .join("\n");

const wantOfStock = { step: "ReserveInventory", code: "OUT_OF_STOCK", reason: "r" } as const;
const fault = { step: "ConfirmOrder", code: "TECHNICAL_FAULT", reason: "r" } as const;

describe("the trail checker", () => {
  it("is content with the way forward", () => {
    assert.equal(sentences(GOOD_TRAIL), "");
  });

  it("is content with copies, and with events out of order", () => {
    assert.equal(sentences([...GOOD_TRAIL, ...GOOD_TRAIL].reverse()), "");
  });

  it("is content with the way back after a decline", () => {
    assert.equal(sentences(DECLINED_TRAIL, aDeclinedOrder()), "");
  });

  it("is content with an order that was out of stock", () => {
    const trail = aTrail("OrderCreated", "InventoryFailed", "OrderFailed");
    assert.equal(sentences(trail, aDeclinedOrder({ failure: wantOfStock, version: 3 })), "");
  });

  it("is content with stock that one execution took after another had found too little", () => {
    const payment = { status: "VOIDED", amountMinor: 2_000 } as const;
    const order = aDeclinedOrder({ failure: wantOfStock, payment, version: 6 });
    const back = [anEvent("InventoryReleased", 5), anEvent("OrderFailed", 6)];
    assert.equal(sentences([...aTrail("OrderCreated", "InventoryReserved"), ...back], order), "");
  });

  it("sees a want of stock told of an order that took some, and one that is told of none", () => {
    const order = aDeclinedOrder({ failure: wantOfStock, version: 5 });
    const lie = aTrail("OrderCreated", "InventoryReserved", "InventoryFailed", "InventoryReleased", "OrderFailed");
    assert.match(sentences(lie, order), /InventoryFailed \(version 3\) cannot come there/);
    const unsaid = aTrail("OrderCreated", "OrderFailed");
    assert.match(sentences(unsaid, { ...order, version: 2 }), /is FAILED, but InventoryFailed is missing/);
    const skipped = [anEvent("OrderCreated", 1), anEvent("OrderFailed", 3)];
    assert.match(sentences(skipped, { ...order, version: 3 }), /no event tells of version 2/);
  });

  it("is content with writes that go untold: a cancellation by a fault, and a voided payment", () => {
    const payment = { status: "VOIDED", amountMinor: 2_000 } as const;
    const order = aDeclinedOrder({ failure: fault, payment, version: 6 });
    const trail = [
      ...aTrail("OrderCreated", "InventoryReserved"),
      anEvent("InventoryReleased", 5),
      anEvent("OrderFailed", 6),
    ];
    assert.equal(sentences(trail, order), "");
  });

  it("is content with a refund of a charge whose answer was lost", () => {
    const payment = { status: "REFUNDED", amountMinor: 2_000 } as const;
    const order = aDeclinedOrder({ failure: fault, payment, version: 6 });
    const back = ["PaymentRefunded", "InventoryReleased", "OrderFailed"].map((type, at) => anEvent(type, at + 4));
    assert.equal(sentences([...aTrail("OrderCreated", "InventoryReserved"), ...back], order), "");
  });

  it("is content with a refund after the stock went back, when another execution had charged", () => {
    const payment = { status: "REFUNDED", transactionId: "t", amountMinor: 2_000 } as const;
    const order = aDeclinedOrder({ failure: fault, payment, version: 7 });
    const back = ["InventoryReleased", "PaymentRefunded", "OrderFailed"].map((type, at) => anEvent(type, at + 5));
    assert.equal(sentences([...GOOD_TRAIL.slice(0, 3), ...back], order), "");
  });

  it("sees a failed order whose charge was never given back", () => {
    const order = aDeclinedOrder({ failure: fault, version: 6 });
    const back = ["InventoryReleased", "OrderFailed"].map((type, at) => anEvent(type, at + 5));
    assert.match(sentences([...GOOD_TRAIL.slice(0, 3), ...back], order), /OrderFailed \(version 6\) cannot come there/);
  });

  it("is content with two events of one merged write", () => {
    const events = [...DECLINED_TRAIL.slice(0, 3), anEvent("OrderFailed", 4), anEvent("InventoryReleased", 4)];
    assert.equal(sentences(events, aDeclinedOrder({ version: 4 })), "");
  });

  it("sees each event that is missing", () => {
    for (const [at, { type }] of GOOD_TRAIL.entries()) {
      assert.match(sentences(GOOD_TRAIL.toSpliced(at, 1)), /no event tells of version/, type);
    }
    for (const [at, { type }] of DECLINED_TRAIL.entries()) {
      assert.match(sentences(DECLINED_TRAIL.toSpliced(at, 1), aDeclinedOrder()), /no event tells of version/, type);
    }
    assert.match(sentences([]), /is CONFIRMED, but no event tells of it/);
  });

  it("sees a step that cannot follow", () => {
    const reordered = aTrail("OrderCreated", "PaymentProcessed", "InventoryReserved", "OrderPlaced");
    assert.match(sentences(reordered), /PaymentProcessed \(version 2\) cannot come there/);
    const failed = aTrail("OrderCreated", "InventoryReserved", "PaymentFailed", "OrderFailed");
    assert.match(
      sentences(failed, aDeclinedOrder({ version: 4 })),
      /OrderFailed \(version 4\) cannot come there/,
      "before the stock was given back",
    );
    const twice = [...DECLINED_TRAIL.slice(0, 4), anEvent("InventoryReleased", 5), anEvent("OrderFailed", 6)];
    assert.match(sentences(twice, aDeclinedOrder({ version: 6 })), /InventoryReleased \(version 5\) cannot come there/);
  });

  it("sees an event after the end, and a second end", () => {
    const events = [...GOOD_TRAIL, anEvent("OrderFailed", 5)];
    const found = sentences(events, anOrder({ version: 5 }));
    assert.match(found, /OrderFailed \(version 5\) comes after the end/);
    assert.match(found, /it ends 2 times/);
  });

  it("sees an end that is not the order's", () => {
    assert.match(sentences(DECLINED_TRAIL, anOrder({ version: 5 })), /OrderPlaced .*is missing/);
    assert.match(sentences(DECLINED_TRAIL, anOrder({ version: 5 })), /its trail says OrderFailed/);
  });

  it("sees an id that stands for two contents", () => {
    const [created = anEvent("OrderCreated", 1)] = GOOD_TRAIL;
    const other = { ...created, detail: { ...created.detail, userId: "user-2" } };
    assert.match(sentences([...GOOD_TRAIL, other]), /order-1#1#OrderCreated came with two contents/);
  });

  it("sees a version that the order never had", () => {
    assert.match(sentences(GOOD_TRAIL, anOrder({ version: 3 })), /events tell of version 4, but the order has 3/);
  });

  it("sees a wrong amount, a wrong user, an unknown type and an unknown order", () => {
    const placed = anEvent("OrderPlaced", 4, { totalAmount: 19.99 });
    assert.match(sentences(GOOD_TRAIL.toSpliced(3, 1, placed)), /OrderPlaced says 19.99 EUR, but .* 20/);
    const foreign = anEvent("OrderPlaced", 4, { userId: "user-2" });
    assert.match(sentences(GOOD_TRAIL.toSpliced(3, 1, foreign)), /names another tenant or user/);
    assert.match(sentences([...GOOD_TRAIL, anEvent("OrderLost", 4)]), /OrderLost is no event of an order/);
    const unknown = anEvent("OrderCreated", 1, { orderId: "order-2" });
    assert.match(sentences([...GOOD_TRAIL, unknown]), /tell of order order-2 \(OrderCreated\), but it is not stored/);
  });
});
