import assert from "node:assert/strict";
import { whatHappened } from "../../console/page/order/whatHappened";
import type { OrderPage } from "../../console/pages";

const ORDER = { status: "FAILED", stage: "FAILED", totalAmount: 59.98, currency: "EUR" } as OrderPage["order"];
const PAGE = { order: ORDER, charged: 0, refunded: 0, mails: [], trail: [], letters: [] };
const failed = (code: string, reason: string) =>
  ({ ...ORDER, failure: { step: "ProcessPayment", code, reason } }) as OrderPage["order"];
const released = [{ type: "InventoryReleased" }] as unknown as OrderPage["trail"];

describe("what happened to an order, in sentences", () => {
  it("names the reason first, and what was given back", () => {
    const order = failed("PAYMENT_DECLINED", "The payment was declined: card expired.");
    assert.deepEqual(whatHappened({ ...PAGE, order, trail: released }), [
      "Failed because the payment was declined: card expired.",
      "Nothing was charged.",
      "The stock was given back.",
      "The customer was not told yet.",
    ]);
  });

  it("says of a fault of ours that it is one, and that money went back", () => {
    const order = failed("TECHNICAL_FAULT", "Something went wrong on our side.");
    const [first, second] = whatHappened({ ...PAGE, order, charged: 59.98, refunded: 59.98 });
    assert.match(first, /^Failed because of a fault of ours in ProcessPayment/);
    assert.equal(second, "€59.98 was refunded.");
  });

  it("says of an order under way how far it is, and that its message was given up", () => {
    const order = { ...ORDER, status: "PENDING", stage: "INVENTORY_RESERVED" } as OrderPage["order"];
    const letters = [{ queue: "orders", id: "1", ageSeconds: 1, receives: 5, reason: "" }];
    assert.deepEqual(whatHappened({ ...PAGE, order, letters }), [
      "Under way: stock reserved.",
      "Its message was given up; replay it among the dead letters.",
    ]);
  });
});
