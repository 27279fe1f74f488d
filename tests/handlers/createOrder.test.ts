import assert from "node:assert/strict";
import { beforeEach, describe, it } from "mocha";
import type { HttpRequest } from "../../contracts/http";
import type { Order } from "../../contracts/order";
import { createOrder, type Orders } from "../../handlers/createOrder";
import type { Product } from "../../handlers/priceOrder";
import { observed } from "./observed";

const BODY = {
  userId: "user-1",
  items: [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ],
};

/** Orders in memory, with the one promise that the table gives: of two orders with one id the first stays. */
class OrdersInMemory implements Orders {
  readonly byId = new Map<string, Order>();

  async create(order: Order): Promise<Order | undefined> {
    const existing = this.byId.get(order.orderId);
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

  beforeEach(() => {
    orders = new OrdersInMemory();
    prices = new Map([
      ["PROD-001", { productId: "PROD-001", name: "Wireless Mouse", priceMinor: 2999 }],
      ["PROD-003", { productId: "PROD-003", name: "USB-C Hub", priceMinor: 4999 }],
    ]);
    ids = 0;
    seconds = 0;
  });

  const post = (body: unknown, { headers = {}, ...rest }: Partial<HttpRequest> = {}): Promise<any> =>
    createOrder({
      orders,
      catalogue: { find: async (wanted) => new Map([...prices].filter(([id]) => wanted.includes(id))) },
      currency: "EUR",
      newId: () => `id-${++ids}`,
      now: () => new Date(Date.UTC(2026, 10, 20, 10, 0, seconds++)),
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

  it("takes its own order for its own when the database's answer was lost", async () => {
    const create = orders.create.bind(orders);
    orders.create = async (order) => (await create(order), create(order));
    const { answer, counted } = await observed(() => post(BODY, { headers: { "idempotency-key": "key-1" } }));
    assert.equal(answer.headers["Idempotency-Replayed"], undefined);
    assert.deepEqual(counted, ["OrderCreated"]);
  });

  it("fails rather than answer with another tenant's order", async () => {
    await post(BODY, { tenantId: "globex" });
    ids = 0;
    await assert.rejects(post(BODY), /another tenant's/);
  });
});
