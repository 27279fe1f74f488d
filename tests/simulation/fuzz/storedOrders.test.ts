import assert from "node:assert/strict";
import { orderRecord } from "../../../contracts/orderRecord";
import { type Stored, storedMistakes } from "../../../simulation/fuzz/storedOrders";
import { anOrder } from "../../contracts/anOrder";

const order = orderRecord(anOrder());
const { orderId, userId, customerEmail, items } = order;
const body = JSON.stringify({ userId, customerEmail, items: items.map(({ productId, qty }) => ({ productId, qty })) });
const found = (stored: Stored, sent = body): string[] =>
  storedMistakes(new Map([[orderId, stored]]), new Map([[orderId, sent]]), new Set());

describe("the orders that a fuzzer finds stored", () => {
  it("are right when they are what was sent, or were there before", () => {
    assert.deepEqual(found({ ...order }), []);
    assert.deepEqual(storedMistakes(new Map([[orderId, { ...order }]]), new Map(), new Set([orderId])), []);
  });

  it("are wrong when nobody was told of them, or when they are missing", () => {
    assert.match(storedMistakes(new Map([[orderId, { ...order }]]), new Map(), new Set())[0] ?? "", /no 201 named it/);
    assert.match(storedMistakes(new Map(), new Map([[orderId, body]]), new Set())[0] ?? "", /is not stored/);
  });

  it("are wrong with a field that nobody knows, or with something else than was sent", () => {
    assert.match(found({ ...order, isAdmin: true })[0] ?? "", /is stored with isAdmin/);
    assert.match(found({ ...order, items: [{ ...items[0], price: 1 }] }).join(), /is stored with price/);
    assert.match(found({ ...order, userId: "another" })[0] ?? "", /was another/);
  });
});
