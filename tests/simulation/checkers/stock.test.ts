import assert from "node:assert/strict";
import { checkStock } from "../../../simulation/checkers/stock";
import { aDeclinedOrder, aHistory, anOrder } from "../aHistory";

const sentences = (...parameters: Parameters<typeof aHistory>) =>
  checkStock(aHistory(...parameters)).map(({ sentence }) => sentence);

describe("the stock checker", () => {
  it("is content when confirmed orders hold what is gone", () => {
    assert.deepEqual(sentences(), []);
  });

  it("is content when a failed order holds nothing", () => {
    assert.deepEqual(sentences({ orders: [aDeclinedOrder()], stock: [{ productId: "PROD-001", stock: 10 }] }), []);
  });

  it("sees stock that a failed order never gave back", () => {
    assert.deepEqual(sentences({ orders: [aDeclinedOrder()] }), [
      "PROD-001 had 10; 8 are left and 0 are held by confirmed orders: 2 are lost.",
    ]);
  });

  it("sees stock that was given back twice", () => {
    const twice = { orders: [aDeclinedOrder()], stock: [{ productId: "PROD-001", stock: 12 }] };
    assert.match(sentences(twice).join(), /2 too many/);
  });

  it("sees an order that is confirmed without having taken anything", () => {
    assert.match(sentences({ orders: [anOrder(), anOrder({ orderId: "order-2" })] }).join(), /2 too many/);
  });

  it("sees a product below zero", () => {
    const sold = { initialStock: new Map([["PROD-001", 1]]), stock: [{ productId: "PROD-001", stock: -1 }] };
    assert.deepEqual(sentences(sold), ["PROD-001 stands at -1."]);
  });

  it("counts all shards of a product, and sees a single one below zero", () => {
    const stock = (shards: readonly number[]) => [
      { productId: "PROD-001", stock: shards.reduce((sum, units) => sum + units, 0), shards },
    ];
    assert.deepEqual(sentences({ stock: stock([5, 3]) }), []);
    assert.deepEqual(sentences({ stock: stock([9, -1]) }), ["PROD-001 stands at -1."]);
  });
});
