import assert from "node:assert/strict";
import { receiptOf, voidedReceiptOf } from "../../../contracts/receipt";
import { checkReceipts } from "../../../simulation/checkers/receipts";
import { aDeclinedOrder, aHistory, anOrder } from "../aHistory";

const KEY = "receipts/2026/01/order-1.json";

const sentences = (...parameters: Parameters<typeof aHistory>) =>
  checkReceipts(aHistory(...parameters)).map(({ sentence }) => sentence);

describe("the receipts checker", () => {
  it("is content with a confirmed order and its receipt", () => {
    assert.deepEqual(sentences(), []);
  });

  it("is content with a failed order that has none, or a voided one", () => {
    assert.deepEqual(sentences({ orders: [aDeclinedOrder()] }), []);
    const receipts = new Map([[KEY, voidedReceiptOf(aDeclinedOrder())]]);
    assert.deepEqual(sentences({ orders: [aDeclinedOrder()], receipts }), []);
  });

  it("sees a confirmed order without a receipt", () => {
    const { receiptKey: _none, ...order } = anOrder();
    assert.match(sentences({ orders: [order], receipts: new Map() }).join(), /is CONFIRMED without a receipt/);
    assert.match(sentences({ receipts: new Map() }).join(), /which is not there/);
    assert.match(sentences({ receipts: new Map([[KEY, voidedReceiptOf(anOrder())]]) }).join(), /its receipt is VOID/);
  });

  it("sees the receipt of a failed order", () => {
    const receipts = new Map([[KEY, receiptOf(anOrder())]]);
    assert.match(sentences({ orders: [aDeclinedOrder()], receipts }).join(), /no CONFIRMED order points to it/);
  });

  it("sees a receipt over another amount or other goods", () => {
    const wrong = { ...receiptOf(anOrder()), total: 0.2 };
    assert.match(
      sentences({ receipts: new Map([[KEY, wrong]]) }).join(),
      /was charged 2000, but its receipt says 20\./,
    );
    const less = { ...receiptOf(anOrder()), lines: [] };
    assert.match(sentences({ receipts: new Map([[KEY, less]]) }).join(), /is for 2 PROD-001, but its receipt says/);
  });

  it("sees the receipt of somebody else", () => {
    const other = receiptOf(anOrder({ orderId: "order-2" }));
    assert.match(sentences({ receipts: new Map([[KEY, other]]) }).join(), /points to the receipt of order order-2/);
  });
});
