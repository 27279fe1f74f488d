import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterEach, before, beforeEach, describe, it } from "mocha";
import type { Order } from "../../../contracts/order";
import { isContention } from "../../../handlers/adapters/contention";
import { orderTable } from "../../../handlers/adapters/orderTable";
import type { Orders } from "../../../handlers/createOrder";
import { findRepeated, repeatWindow, type RepeatWindow } from "../../../handlers/repeatWindow";
import { anOrder } from "../../contracts/anOrder";
import { ShopDatabase } from "./shopDatabase";

describe("orderTable", () => {
  let shop: ShopDatabase;
  let orders: Orders;

  before(async () => {
    shop = await ShopDatabase.open();
    orders = orderTable(shop.orders, shop.client);
  });

  it("stores an order with the keys of its indexes, and finds it", async () => {
    const order = anOrder({ orderId: "new" });
    assert.equal(await orders.create(order), undefined);
    const { userKey, statusKey } = await shop.order("new");
    assert.deepEqual([userKey, statusKey], ["acme#user-1", "acme#PENDING"]);
    assert.deepEqual(await orders.find("new"), order);
  });

  it("answers the order that has the id, and leaves it as it is", async () => {
    const first = anOrder({ orderId: "taken" });
    await orders.create(first);
    assert.deepEqual(await orders.create({ ...first, userId: "user-2", bodyHash: "other" }), first);
    assert.deepEqual(await orders.find("taken"), first);
  });

  it("lets one of simultaneous orders with one id be the first", async () => {
    const order = anOrder({ orderId: "race" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => orders.create({ ...order, userId: `user-${n}` })),
    );
    assert.equal(answers.filter((existing) => existing === undefined).length, 1);
  });

  it("finds nothing where nothing is", async () => {
    assert.equal(await orders.find("nothing"), undefined);
  });

  describe("with a window", () => {
    const at = new Date("2026-11-20T10:00:00.000Z");
    let bodyHash: string;
    beforeEach(() => {
      bodyHash = randomUUID();
    });

    /** An order that comes so many milliseconds after 10 o'clock, and its window of ten seconds. */
    const arrival = (ms: number): [Order, RepeatWindow] => {
      const createdAt = new Date(at.getTime() + ms);
      const window = repeatWindow({ tenantId: "acme", bodyHash, at: createdAt, seconds: 10 });
      const identity = { orderId: window.orderId, bodyHash, correlationId: randomUUID() };
      return [anOrder({ ...identity, createdAt: createdAt.toISOString() }), window];
    };
    const place = (ms: number, over: Orders = orders) => over.create(...arrival(ms));

    it("stores the order as it does without one", async () => {
      const [order, window] = arrival(0);
      assert.equal(await orders.create(order, window), undefined);
      assert.deepEqual(await orders.find(order.orderId), order);
      assert.equal((await shop.order(order.orderId)).userKey, "acme#user-1");
    });

    it("answers an order of the same slot, of the one before and of the one after, to the millisecond", async () => {
      const [first, window] = arrival(5_000);
      await orders.create(first, window);
      for (const ms of [0, 4_999, 5_000, 5_001, 9_999, 10_000, 14_999, -4_999, -1]) {
        assert.deepEqual(await place(ms), first, `${ms} ms`);
      }
      assert.equal(await place(15_000), undefined);
      assert.equal(await place(-5_000), undefined);
    });

    it("answers the order before a late request when there is one on either side", async () => {
      const [before, beforeIt] = arrival(-1_000);
      const [after, afterIt] = arrival(9_000);
      await orders.create(before, beforeIt);
      await orders.create(after, afterIt);
      assert.equal((await place(0))?.orderId, before.orderId);
      const [, window] = arrival(0);
      assert.deepEqual(await findRepeated(orders, window, at.toISOString()), before);
    });

    it("answers the order as it is when it has moved on meanwhile", async () => {
      const [order, window] = arrival(0);
      await shop.addOrder({ ...order, status: "CONFIRMED", stage: "CONFIRMED", version: 4 });
      assert.equal((await orders.create(order, window))?.status, "CONFIRMED");
    });

    describe("when", () => {
      /** The real table, where the first calls go wrong in a way that DynamoDB Local does not know. */
      const failingWith = (...faults: ((command: any) => Promise<unknown>)[]): Orders => {
        const send = async (command: any) => (await faults.shift()?.(command), shop.client.send(command));
        return orderTable(shop.orders, { send } as never, { pause: async () => undefined, tries: 3 });
      };
      const cancelled = (...codes: string[]) => {
        const CancellationReasons = codes.map((Code) => ({ Code }));
        return () =>
          Promise.reject(new TransactionCanceledException({ message: "", $metadata: {}, CancellationReasons }));
      };

      it("contended, tries again", async () => {
        const contended = failingWith(
          cancelled("TransactionConflict", "None", "None"),
          cancelled("None", "None", "TransactionConflict"),
        );
        assert.equal(await place(0, contended), undefined);
        assert.ok((await place(1)) !== undefined);
      });

      it("contended for long, fails as contended and stores nothing", async () => {
        const conflict = cancelled("TransactionConflict", "None", "None");
        const contended = failingWith(conflict, conflict, conflict);
        await assert.rejects(place(0, contended), (error) => isContention(error));
        assert.equal(await orders.find(arrival(0)[0].orderId), undefined);
      });

      it("refused for anything else, fails at once", async () => {
        const refused = failingWith(cancelled("ValidationError", "None", "None"));
        await assert.rejects(place(0, refused), TransactionCanceledException);
        assert.equal(await orders.find(arrival(0)[0].orderId), undefined);
      });

      it("one neighbour is in the way and another contended, answers the one that is in the way", async () => {
        const first = arrival(-1_000)[0];
        const reasons = [{ Code: "TransactionConflict" }, { Code: "ConditionalCheckFailed", Item: marshall(first) }];
        const error = { message: "", $metadata: {}, CancellationReasons: [...reasons, { Code: "None" }] };
        const refused = failingWith(() => Promise.reject(new TransactionCanceledException(error)));
        assert.deepEqual(await place(0, refused), first);
      });
    });
  });

  describe("when the answer to a write is lost", () => {
    let lost: number;
    beforeEach(() => {
      lost = 0;
      shop.client.middlewareStack.add(
        (next) => async (args) => {
          const answer = await next(args);
          if (lost++ > 0) return answer;
          throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
        },
        { step: "deserialize", name: "loseAnswer" },
      );
    });
    afterEach(() => {
      shop.client.middlewareStack.remove("loseAnswer");
    });

    for (const seconds of [0, 10]) {
      it(`takes its own order for its own, ${seconds > 0 ? "with" : "without"} a window`, async () => {
        const at = new Date();
        const bodyHash = randomUUID();
        const window = seconds > 0 ? repeatWindow({ tenantId: "acme", bodyHash, at, seconds }) : undefined;
        const createdAt = at.toISOString();
        const order = anOrder({ orderId: window?.orderId ?? randomUUID(), bodyHash, createdAt });
        assert.equal(await orders.create(order, window), undefined);
        assert.equal(lost, 2);
        assert.deepEqual(await orders.find(order.orderId), order);
        // Another request with the same correlation id, in the same millisecond, is a repeat all the same.
        assert.deepEqual(await orders.create(order, window), order);
      });
    }
  });
});
