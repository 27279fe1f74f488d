import assert from "node:assert/strict";
import { checkMoney } from "../../../simulation/checkers/money";
import { aDeclinedOrder, aHistory, anOrder, aPayment } from "../aHistory";

const sentences = (...parameters: Parameters<typeof aHistory>) =>
  checkMoney(aHistory(...parameters)).map(({ sentence }) => sentence);

describe("the money checker", () => {
  it("is content with a confirmed order that was captured once", () => {
    assert.deepEqual(sentences(), []);
  });

  it("is content with failed orders that were declined, refunded, voided or never charged", () => {
    const orders = ["declined", "refunded", "voided", "never"].map((orderId) => aDeclinedOrder({ orderId }));
    const payments = [
      aPayment({ orderId: "declined", status: "DECLINED", captures: 0 }),
      aPayment({ orderId: "refunded", status: "REFUNDED", refunds: 1 }),
      { orderId: "voided", status: "VOIDED" },
    ];
    assert.deepEqual(sentences({ orders, payments }), []);
  });

  it("sees a second capture", () => {
    assert.match(sentences({ payments: [aPayment({ captures: 2 })] }).join(), /was captured 2 times/);
  });

  it("sees a second refund", () => {
    const payments = [aPayment({ status: "REFUNDED", refunds: 2 })];
    assert.match(sentences({ orders: [aDeclinedOrder()], payments }).join(), /was refunded 2 times but captured 1/);
  });

  it("sees the charge that a failed order never got back", () => {
    assert.match(sentences({ orders: [aDeclinedOrder()] }).join(), /is FAILED and owes 0, but 2000 was kept/);
  });

  it("sees a confirmed order that nobody paid", () => {
    assert.match(sentences({ payments: [] }).join(), /is CONFIRMED and owes 2000, but 0 was kept/);
    assert.match(sentences({ payments: [aPayment({ refunds: 1 })] }).join(), /owes 2000, but 0/);
  });

  it("sees a wrong amount", () => {
    assert.match(sentences({ orders: [anOrder({ amountMinor: 2_001 })] }).join(), /owes 2001, but 2000/);
  });

  it("sees a charge without an order", () => {
    const payments = [aPayment(), aPayment({ orderId: "order-2" })];
    assert.deepEqual(sentences({ payments }), ["Order order-2 is charged, but no such order is stored."]);
  });
});
