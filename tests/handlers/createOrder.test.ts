import assert from "node:assert/strict";
import { beforeEach, describe, it } from "mocha";
import type { HttpRequest } from "../../contracts/http";
import type { Order } from "../../contracts/order";
import { createOrder, type Orders } from "../../handlers/createOrder";
import type { Product } from "../../handlers/priceOrder";
import { findRepeated, type RepeatWindow } from "../../handlers/repeatWindow";
import { observed } from "./observed";

const BODY = {
  userId: "user-1",
  items: [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ],
};

/** Orders in memory, with the promise that the table gives: the first stays, of one id and within a window. */
class OrdersInMemory implements Orders {
  readonly byId = new Map<string, Order>();

  async create(order: Order, window?: RepeatWindow): Promise<Order | undefined> {
    const existing = this.byId.get(order.orderId) ?? (window && (await findRepeated(this, window, order.createdAt)));
    if (existing === undefined) this.byId.set(order.orderId, order);
    return existing;
  }

  async find(orderId: string): Promise<Order | undefined> {
    return this.byId.get(orderId);
  }
}

describe("createOrder", () => {
  let orders: OrdersInMemory;
  let prices: Map<string, Product>;
  let ids: number;
  let seconds: number;
  let dedupeIdenticalBodiesSeconds: number;

  beforeEach(() => {
    orders = new OrdersInMemory();
    prices = new Map([
      ["PROD-001", { productId: "PROD-001", name: "Wireless Mouse", priceMinor: 2999 }],
      ["PROD-003", { productId: "PROD-003", name: "USB-C Hub", priceMinor: 4999 }],
    ]);
    ids = 0;
    seconds = 0;
    dedupeIdenticalBodiesSeconds = 0;
  });

  const post = (body: unknown, { headers = {}, ...rest }: Partial<HttpRequest> = {}): Promise<any> =>
    createOrder({
      admit: async () => ({ headers: {} }),
      orders,
      catalogue: { find: async (wanted) => new Map([...prices].filter(([id]) => wanted.includes(id))) },
      currency: "EUR",
      dedupeIdenticalBodiesSeconds,
      newId: () => `id-${++ids}`,
      now: () => new Date(Date.UTC(2026, 10, 20, 10) + 1000 * seconds++),
    })({
      tenantId: "acme",
      pathParameters: {},
      query: {},
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
      correlationId: "corr-1",
      ...rest,
    });

  it("accepts an order at the prices of the catalogue", async () => {
    const { answer, counted } = await observed(() => post(BODY));
    assert.deepEqual(answer, {
      status: 201,
      headers: { Location: "/orders/id-1" },
      body: {
        orderId: "id-1",
        status: "PENDING",
        totalAmount: 109.97,
        currency: "EUR",
        items: [
          { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPrice: 29.99, lineTotal: 59.98 },
          { productId: "PROD-003", name: "USB-C Hub", qty: 1, unitPrice: 49.99, lineTotal: 49.99 },
        ],
        createdAt: "2026-11-20T10:00:00.000Z",
      },
    });
    assert.deepEqual(counted, ["OrderCreated"]);
    const { stage, version, reserved, tenantId } = orders.byId.get("id-1") ?? assert.fail();
    assert.deepEqual(
      { stage, version, reserved, tenantId },
      { stage: "RECEIVED", version: 1, reserved: false, tenantId: "acme" },
    );
  });

  it("makes two orders of two requests without a key", async () => {
    await post(BODY);
    await post(BODY);
    assert.equal(orders.byId.size, 2);
  });

  it("compares a given total with its own", async () => {
    assert.equal((await post({ ...BODY, totalAmount: 109.97 })).status, 201);
    const { problem } = await post({ ...BODY, totalAmount: 0.01 });
    assert.equal(problem.status, 422);
    assert.equal(problem.detail, "The order comes to 109.97 EUR, not 0.01.");
    assert.deepEqual(problem.errors, [{ pointer: "/totalAmount", detail: "Expected 109.97" }]);
  });

  it("takes no price from the client, and keeps no field that it does not know", async () => {
    const priced = { ...BODY, items: BODY.items.map((item) => ({ ...item, price: 0.01, unitPrice: 0.01 })) };
    const { status, body } = await post({ ...priced, price: 0.01, amountMinor: 1, status: "CONFIRMED" });
    assert.deepEqual([status, body.totalAmount, body.status], [201, 109.97, "PENDING"]);
    await post(BODY);
    const [one, other] = [...orders.byId.values()].map(
      ({ orderId: _id, createdAt: _at, updatedAt: _too, ...rest }) => rest,
    );
    assert.deepEqual(one, other);
  });

  it("names every product that does not exist", async () => {
    const { problem } = await post({
      ...BODY,
      items: [{ productId: "A", qty: 1 }, ...BODY.items, { productId: "B", qty: 1 }],
    });
    assert.deepEqual([problem.status, problem.detail], [422, "There is no product A, B."]);
    assert.equal(orders.byId.size, 0);
  });

  describe("with an idempotency key", () => {
    const keyed = (key: string, name = "idempotency-key") => ({ headers: { [name]: key } });

    it("answers a repeat as the first time, under either name of the header", async () => {
      const first = await post(BODY, keyed("key-1"));
      const { answer, counted } = await observed(() => post(BODY, keyed("key-1", "x-idempotency-key")));
      assert.deepEqual(answer.body, first.body);
      assert.deepEqual(
        [first.headers["Idempotency-Replayed"], answer.headers["Idempotency-Replayed"]],
        [undefined, "true"],
      );
      assert.deepEqual([orders.byId.size, counted], [1, []]);
    });

    it("does not mind the order of keys and white space", async () => {
      const first = await post(BODY, keyed("key-1"));
      const { items, userId } = BODY;
      const again = await post(JSON.stringify({ items, userId }, null, 2), keyed("key-1"));
      assert.deepEqual(again.body, first.body);
    });

    it("refuses the key for another body", async () => {
      await post(BODY, keyed("key-1"));
      const { problem } = await post({ ...BODY, userId: "user-2" }, keyed("key-1"));
      assert.deepEqual([problem.status, problem.type], [422, "urn:orderflow:problem:idempotency-key-reused"]);
    });

    it("does not mind fields that it does not know", async () => {
      const first = await post(BODY, keyed("key-1"));
      const again = await post({ ...BODY, price: 1 }, keyed("key-1"));
      assert.deepEqual([again.status, again.body], [201, first.body]);
    });

    it("never gives one tenant the order of another", async () => {
      const ours = await post(BODY, keyed("key-1"));
      const theirs = await post(BODY, { ...keyed("key-1"), tenantId: "globex" });
      assert.notEqual(ours.body.orderId, theirs.body.orderId);
      assert.equal(theirs.headers["Idempotency-Replayed"], undefined);
    });

    it("answers a repeat although prices have changed or the product is gone", async () => {
      const body = { ...BODY, totalAmount: 109.97 };
      const first = await post(body, keyed("key-1"));
      prices.set("PROD-001", { productId: "PROD-001", name: "Mouse", priceMinor: 1 });
      assert.deepEqual((await post(body, keyed("key-1"))).body, first.body);
      prices.clear();
      assert.deepEqual((await post(body, keyed("key-1"))).body, first.body);
    });

    it("makes one order of simultaneous requests", async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => post(BODY, keyed("key-1"))));
      assert.equal(new Set(answers.map(({ body }) => body.orderId)).size, 1);
      assert.equal(answers.filter(({ headers }) => headers["Idempotency-Replayed"] === undefined).length, 1);
    });

    it("refuses a key that is empty, too long, given twice or not visible ASCII", async () => {
      for (const key of ["", "k".repeat(256), "a, b", "schlüssel"]) {
        assert.equal((await post(BODY, keyed(key))).problem?.status, 400, key);
      }
      const both = { headers: { "idempotency-key": "a", "x-idempotency-key": "b" } };
      assert.equal((await post(BODY, both)).problem.status, 400);
      assert.equal((await post(BODY, keyed("k".repeat(255)))).status, 201);
    });
  });

  describe("with a window for identical bodies", () => {
    beforeEach(() => {
      dedupeIdenticalBodiesSeconds = 10;
    });

    it("answers an identical body with the first order until the window is over", async () => {
      const first = await post(BODY);
      for (seconds of [1, 9.999]) {
        const { answer, counted } = await observed(() => post(BODY));
        assert.deepEqual([answer.body, answer.headers["Idempotency-Replayed"]], [first.body, "true"]);
        assert.deepEqual(counted, []);
      }
      seconds = 10;
      const next = await post(BODY);
      assert.equal(next.headers["Idempotency-Replayed"], undefined);
      assert.notEqual(next.body.orderId, first.body.orderId);
    });

    it("does not mind the order of keys, white space and fields that it does not know", async () => {
      const first = await post(BODY);
      const { items, userId } = BODY;
      const again = await post(JSON.stringify({ items, price: 1, userId }, null, 2));
      assert.deepEqual(again.body, first.body);
    });

    it("makes another order of another body, of another tenant, and under a key", async () => {
      await post(BODY);
      await post({ ...BODY, userId: "user-2" });
      await post(BODY, { tenantId: "globex" });
      await post(BODY, { headers: { "idempotency-key": "key-1" } });
      assert.equal(orders.byId.size, 4);
    });

    it("answers a repeat although prices have changed, also across the edge of a slot", async () => {
      const body = { ...BODY, totalAmount: 109.97 };
      seconds = 9;
      const first = await post(body);
      prices.clear();
      seconds = 11;
      assert.deepEqual((await post(body)).body, first.body);
      seconds = 19;
      assert.equal((await post(body)).problem.status, 422);
    });

    it("answers a request that comes late with the order that overtook it", async () => {
      seconds = 11;
      const first = await post(BODY);
      seconds = 9;
      assert.deepEqual((await post(BODY)).body, first.body);
      prices.clear();
      seconds = 9;
      assert.deepEqual((await post(BODY)).body, first.body);
    });
  });

  it("fails rather than answer with another tenant's order", async () => {
    await post(BODY, { tenantId: "globex" });
    ids = 0;
    await assert.rejects(post(BODY), /another tenant's/);
  });
});
