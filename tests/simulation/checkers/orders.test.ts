import assert from "node:assert/strict";
import { checkOrders } from "../../../simulation/checkers/orders";
import type { Attempt } from "../../../simulation/journal";
import { A_SENDING, A_WISH, aHistory, anAttempt, anOrder } from "../aHistory";

const sentences = (...parameters: Parameters<typeof aHistory>) =>
  checkOrders(aHistory(...parameters))
    .map(({ sentence }) => sentence)
    .join("\n");

const { idempotencyKey: _key, ...KEYLESS } = A_SENDING;
const lost: Attempt = { undertaking: "u", sending: A_SENDING, outcome: { lost: "socket hang up" } };
const keyless = (status = 201, orderId = "order-1"): Attempt => ({
  ...anAttempt({}, status, orderId),
  sending: KEYLESS,
});

describe("the orders checker", () => {
  it("is content with an order that was asked for, however often under its key", () => {
    assert.equal(sentences(), "");
    assert.equal(sentences({ attempts: [lost, anAttempt({}, 503), anAttempt(), anAttempt()] }), "");
  });

  it("is content with an order whose answer was lost", () => {
    assert.equal(sentences({ attempts: [lost] }), "");
  });

  it("is content with two orders of two requests without a key", () => {
    const orders = [anOrder(), anOrder({ orderId: "order-2" })];
    assert.equal(sentences({ orders, attempts: [keyless(), keyless(201, "order-2")] }), "");
    assert.equal(sentences({ orders, attempts: [keyless(), keyless(502)] }), "");
  });

  it("is content with a key that two tenants use", () => {
    const wish = { ...A_WISH, customerEmail: "undertaking-0001@globex.simulation.example" };
    const foreign = anOrder({ orderId: "order-2", tenantId: "globex", customerEmail: wish.customerEmail });
    const attempts = [anAttempt(), anAttempt({ tenant: "globex", wish }, 201, "order-2")];
    assert.equal(sentences({ orders: [anOrder(), foreign], attempts }), "");
  });

  it("sees an accepted order that is not there", () => {
    assert.match(sentences({ orders: [] }), /was accepted \(undertaking-0001\), but is not stored/);
  });

  it("sees an order that never ended", () => {
    const orders = [anOrder({ status: "PENDING", stage: "INVENTORY_RESERVED" })];
    assert.match(sentences({ orders }), /is still at INVENTORY_RESERVED/);
  });

  it("sees two orders under one key", () => {
    const orders = [anOrder(), anOrder({ orderId: "order-2" })];
    assert.match(sentences({ orders }), /2 orders are stored for .*, which can be 1/);
    const attempts = [anAttempt(), anAttempt({}, 201, "order-2")];
    assert.match(sentences({ orders, attempts }), /answered in two ways/);
  });

  it("sees an order that answers two requests without a key", () => {
    assert.match(sentences({ attempts: [keyless(), keyless()] }), /answers undertaking-0001 and also/);
  });

  it("sees one request without a key that became two orders", () => {
    const orders = [anOrder(), anOrder({ orderId: "order-2" })];
    assert.match(sentences({ orders, attempts: [keyless()] }), /2 orders are stored for .*, which can be 1/);
  });

  it("sees a refused request that was stored all the same", () => {
    const attempts = [anAttempt({ expected: "refused", statuses: [422] }, 422)];
    assert.match(sentences({ attempts }), /is stored, but nobody asked for it/);
  });

  it("sees an order of nobody", () => {
    const { customerEmail: _email, ...order } = anOrder({ orderId: "order-2" });
    assert.match(sentences({ orders: [anOrder(), order] }), /order-2 \(no e-mail\) is stored, but nobody asked/);
  });

  it("sees an order over something else, at another price or of another tenant", () => {
    const wrong = [
      anOrder({ items: [{ productId: "PROD-001", name: "Mouse", qty: 1, unitPriceMinor: 2_000 }] }),
      anOrder({ amountMinor: 1 }),
      anOrder({ tenantId: "globex" }),
      anOrder({ userId: "user-2" }),
    ];
    for (const order of wrong) assert.match(sentences({ orders: [order] }), /is not what undertaking-0001 asked for/);
  });

  it("sees a good request that was refused, and a bad one that was accepted", () => {
    assert.match(sentences({ attempts: [anAttempt(), anAttempt({}, 422)] }), /was answered 422, not 201/);
    const bad = anAttempt({ expected: "refused", statuses: [400] });
    assert.match(sentences({ attempts: [bad] }), /was answered 201, not 400/);
  });

  it("sees two bodies under one key that both lost", () => {
    const rival = { expected: "either", statuses: [201, 422] } as const;
    const attempts = [anAttempt(rival, 422), anAttempt(rival, 422)];
    assert.match(sentences({ orders: [], attempts }), /refused because of another order under its key, but none/);
  });

  it("sees two bodies under one key that both won", () => {
    const rival = { expected: "either", statuses: [201, 422] } as const;
    const other = { ...A_WISH, amountMinor: 3_000 };
    const attempts = [anAttempt(rival), anAttempt({ ...rival, wish: other })];
    assert.match(sentences({ attempts }), /is not what undertaking-0001 asked for/);
  });
});
