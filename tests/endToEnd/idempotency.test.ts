import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import type { FaultKind } from "../../local/faults/faults";
import { Shop, type Placed } from "./shop";

const WINDOW_SECONDS = 60;
const REPLAYED = "idempotency-replayed";

describe("a repeated order", () => {
  let shop: Shop;
  before(async () => {
    // Time runs fast while everything waits, so that the window for identical bodies takes no minute.
    const settings = ["paymentFailurePercent=0", `dedupeIdenticalBodiesSeconds=${WINDOW_SECONDS}`];
    shop = await Shop.open({ settings, speed: 1_000 });
  });
  after(() => shop.close());
  afterEach(() => shop.pipeline.runtime.faults.clear());

  /** An order like no other. */
  const anOrder = (productId = "PROD-001") => ({ userId: `user-${randomUUID()}`, items: [{ productId, qty: 1 }] });
  const keyed = (key: string = randomUUID()) => ({ "idempotency-key": key });
  const globex = () => ({ "x-api-key": shop.outputs.apiKeys["globex"] ?? "" });
  const isReplay = ({ headers }: Placed): boolean => headers.get(REPLAYED) === "true";

  const assertOne = (answers: readonly Placed[]): string => {
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
    assert.equal(new Set(answers.map(({ body }) => body.orderId)).size, 1);
    assert.equal(answers.filter(isReplay).length, answers.length - 1);
    return answers[0]?.body.orderId;
  };

  /** Lets calls of createOrder to the database go wrong; answers how many did so far. */
  function trouble(rates: Partial<Record<FaultKind, number>>, action: string, times = Infinity): () => number {
    const { resources, faults } = shop.pipeline.runtime;
    const create = resources.find(
      ({ type, outputs }) =>
        type === "aws:lambda/function:Function" && String(outputs["name"]).endsWith("-createOrder"),
    );
    assert.ok(create);
    faults.set({ seed: 1, rates, only: { roles: [String(create.inputs["role"])], action, times } });
    const total = (): number => [...faults.counts.values()].reduce((sum, each) => sum + each, 0);
    const before = total();
    return () => total() - before;
  }

  /** POST /orders with header names in the letters in which they stand here, which fetch would make small. */
  function postAsWritten(order: object, headers: Record<string, string>): Promise<{ status: number; body: any }> {
    return new Promise((resolve, reject) => {
      const always = { "Content-Type": "application/json", "X-API-Key": shop.outputs.apiKeys["acme"] ?? "" };
      const sent = request(`${shop.outputs.apiUrl}/orders`, { method: "POST", headers: { ...always, ...headers } });
      sent.on("error", reject).on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
        });
      });
      sent.end(JSON.stringify(order));
    });
  }

  describe("under a key", () => {
    it("is one order when it is sent twenty times at once, and nineteen answers say so", async () => {
      const [order, key] = [anOrder(), { ...keyed(), "x-correlation-id": "the-same-for-all" }];
      const orderId = assertOne(await Promise.all(Array.from({ length: 20 }, () => shop.place(order, key))));
      await shop.final(orderId);
      const created = shop.eventsOf(orderId).filter((event) => event["detail-type"] === "OrderCreated");
      assert.equal(new Set(created.map(({ detail }) => (detail as any).eventId)).size, 1);
      assert.equal((await shop.payment(orderId)).captures, 1);
    });

    it("is another order for another tenant", async () => {
      const [order, key] = [anOrder(), keyed()];
      const ours = await shop.place(order, key);
      const theirs = await shop.place(order, { ...key, ...globex() });
      assert.deepEqual([ours.status, theirs.status, isReplay(theirs)], [201, 201, false]);
      assert.notEqual(theirs.body.orderId, ours.body.orderId);
    });

    it("is known by the key in any letters of the header's name, and by its other name", async () => {
      const [order, key] = [anOrder(), randomUUID()];
      const first = await shop.place(order, keyed(key));
      for (const name of [
        "Idempotency-Key",
        "IDEMPOTENCY-KEY",
        "iDeMpOtEnCy-kEy",
        "x-idempotency-key",
        "X-IDEMPOTENCY-Key",
      ]) {
        const again = await postAsWritten(order, { [name]: key });
        assert.deepEqual([again.status, again.body], [201, first.body], name);
      }
    });

    it("is refused with another body, and answered with the same one however that is written", async () => {
      const [order, key] = [anOrder(), keyed()];
      const first = await shop.place(order, key);
      const other = await shop.place({ ...order, items: [{ productId: "PROD-001", qty: 2 }] }, key);
      assert.deepEqual([other.status, other.body.type], [422, "urn:orderflow:problem:idempotency-key-reused"]);

      const { userId, items } = order;
      const rewritten = JSON.stringify(
        { items: items.map(({ productId, qty }) => ({ qty, productId })), userId },
        null,
        4,
      );
      const again = await shop.request("POST", "/orders", `\r\n\t${rewritten}  `, key);
      assert.deepEqual([again.status, isReplay(again), again.body], [201, true, first.body]);
    });

    it("is not held to an attempt that was refused", async () => {
      const [productId, key] = [`PROD-${randomUUID()}`, keyed()];
      const order = { ...anOrder(productId), totalAmount: 10 };
      assert.equal((await shop.place(order, key)).status, 422);
      await shop.stocked(productId, 5);
      assert.equal((await shop.place({ ...order, totalAmount: 9.99 }, key)).status, 422);
      assertOne([await shop.place(order, key), await shop.place(order, key)]);
    });

    it("is not held to an attempt that failed", async () => {
      const [order, key] = [anOrder(), keyed()];
      trouble({ failBefore: 1 }, "dynamodb:PutItem");
      const failed = await shop.place(order, key);
      assert.equal(failed.status, 503);
      assert.ok(Number(failed.headers.get("retry-after")) >= 1);
      shop.pipeline.runtime.faults.clear();
      assertOne([await shop.place(order, key), await shop.place(order, key)]);
    });

    it("is no repeat when only the database's answer was lost on the way to the function", async () => {
      const [order, key] = [anOrder(), keyed()];
      const lost = trouble({ loseAnswer: 1 }, "dynamodb:PutItem", 1);
      const answers = [await shop.place(order, key), await shop.place(order, key)];
      assertOne(answers);
      assert.deepEqual([lost(), ...answers.map(isReplay)], [1, false, true]);
    });
  });

  describe("without a key", () => {
    it("is one order within the window, and a new one when the window is over", async () => {
      const order = anOrder();
      const { clock } = shop.pipeline.runtime;
      const release = clock.busy();
      const began = clock.now();
      const answers = await Promise.all(Array.from({ length: 10 }, () => shop.place(order)));
      answers.push(await shop.place({ items: order.items, userId: order.userId }));
      assert.ok(clock.now() - began < 1000 * WINDOW_SECONDS);
      const orderId = assertOne(answers);
      release();

      await clock.sleep(1000 * WINDOW_SECONDS);
      const next = await shop.place(order);
      assert.deepEqual([next.status, isReplay(next)], [201, false]);
      assert.notEqual(next.body.orderId, orderId);
      assert.ok(Date.parse(next.body.createdAt) - Date.parse(answers[0]?.body.createdAt) >= 1000 * WINDOW_SECONDS);
    });

    it("is another order for another tenant, with another body, and beside one with a key", async () => {
      const order = anOrder();
      const release = shop.pipeline.runtime.clock.busy();
      const answers = await Promise.all([
        ...[shop.place(order), shop.place(order, globex()), shop.place(order, keyed())],
        shop.place({ ...order, customerEmail: "customer@example.com" }),
      ]);
      release();
      assert.deepEqual(answers.filter(isReplay), []);
      assert.equal(new Set(answers.map(({ body }) => body.orderId)).size, 4);
    });

    it("is no repeat when only the database's answer was lost on the way to the function", async () => {
      const order = anOrder();
      const release = shop.pipeline.runtime.clock.busy();
      const lost = trouble({ loseAnswer: 1 }, "dynamodb:TransactWriteItems", 1);
      const answers = [await shop.place(order), await shop.place(order)];
      release();
      assertOne(answers);
      assert.deepEqual([lost(), ...answers.map(isReplay)], [1, false, true]);
    });
  });
});
