import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { OrderToPlace } from "../../contracts/orderTasks";
import { orderToPlace } from "../../contracts/events";
import { isDue, MOST_PER_RUN, reconcileOrders, type PendingOrder } from "../../handlers/reconcileOrders";
import { anOrder } from "../contracts/anOrder";
import { observed } from "./observed";

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400;

/** Pending orders of two tenants, by their age in seconds at noon; `final` ones ended since the index was read. */
function setUp(ages: Record<string, Record<string, number>>, rest: { final?: string[]; failures?: string[] } = {}) {
  const { final = [], failures = [] } = rest;
  const sent: OrderToPlace[] = [];
  const run = reconcileOrders({
    orders: {
      async *createdUpTo(tenantId, at): AsyncIterable<PendingOrder> {
        const orders = Object.entries(ages[tenantId] ?? {}).map(([orderId, age]) => ({
          orderId,
          createdAt: new Date(NOON - age * 1000).toISOString(),
        }));
        orders.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
        yield* orders.filter(({ createdAt }) => createdAt <= at.toISOString());
      },
      stillPending: async (ids) =>
        ids.filter((id) => !final.includes(id)).map((orderId) => orderToPlace(anOrder({ orderId }))),
    },
    messages: {
      async send(orders) {
        sent.push(...orders);
        return { sent: orders.length - failures.length, failures };
      },
    },
    tenants: ["acme", "globex"],
    finalWithinSeconds: 120,
  });
  return { at: (ms: number) => run(new Date(ms)), ids: () => sent.map(({ orderId }) => orderId), sent };
}

describe("reconcileOrders", () => {
  it("queues the orders of every tenant that reached an age within the minute, oldest first, and counts them", async () => {
    const { at, ids, sent } = setUp({ acme: { young: 119, late: 120, between: 200 }, globex: { older: 260 } });
    const { counted } = await observed(() => at(NOON));
    assert.deepEqual(ids(), ["older", "late"]);
    assert.deepEqual(sent[0], orderToPlace(anOrder({ orderId: "older" })));
    assert.deepEqual(counted, ["OrdersRequeued"]);
  });

  it("finds the same orders when it is run again for the same minute, and others a minute later", async () => {
    const { at, ids } = setUp({ acme: { first: 130, second: 70 } });
    await at(NOON);
    await at(NOON + 59_000);
    await at(NOON + 60_000);
    assert.deepEqual(ids(), ["first", "first", "second"]);
  });

  it("leaves out an order that came to its end since the index was written", async () => {
    const { at, ids } = setUp({ acme: { done: 120, open: 121 } }, { final: ["done"] });
    await at(NOON);
    assert.deepEqual(ids(), ["open"]);
  });

  it("counts nothing and sends nothing when nothing is late", async () => {
    const { at, ids } = setUp({ acme: { done: 120 } }, { final: ["done"] });
    assert.deepEqual((await observed(() => at(NOON))).counted, []);
    assert.deepEqual(ids(), []);
  });

  it("throws when messages did not get into the queue, and counts those that did", async () => {
    const { at } = setUp({ acme: { a: 120, b: 121, c: 122 } }, { failures: ["InternalError", "InternalError"] });
    const { counted } = await observed(() =>
      assert.rejects(at(NOON), /^Error: 2 of 3 orders could not be queued again: InternalError\.$/),
    );
    assert.deepEqual(counted, ["OrdersRequeued"]);
  });

  it("queues no more than its share of a minute, the oldest of all tenants", async () => {
    const many = (prefix: string, age: number) =>
      Object.fromEntries(Array.from({ length: MOST_PER_RUN }, (_, n) => [`${prefix}${n}`, age]));
    const { at, ids } = setUp({ acme: many("late", 121), globex: { oldest: 241 } });
    await at(NOON);
    assert.equal(ids().length, MOST_PER_RUN);
    assert.equal(ids()[0], "oldest");
  });
});

describe("an order's age", () => {
  const dueAges = (finalWithin: number, until: number) =>
    Array.from({ length: until / 60 }, (_, minute) => minute * 60).filter((age) => isDue(age, finalWithin));

  it("is due when it doubles, and from a day on once a day", () => {
    assert.deepEqual(dueAges(120, 3 * DAY), [
      ...[120, 240, 480, 960, 1920, 3840, 7680, 15_360, 30_720, 61_440],
      ...[61_440 + DAY, 61_440 + 2 * DAY],
    ]);
    assert.deepEqual(dueAges(DAY, 3.5 * DAY), [DAY, 2 * DAY, 3 * DAY]);
  });

  it("is due in exactly one run for each age, however the order's second lies to the run's minute", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 59.999, noNaN: true }),
        fc.integer({ min: 60, max: DAY / 2 }),
        (offset, final) => {
          const runs = Array.from({ length: Math.ceil((4 * final) / 60) }, (_, minute) => minute * 60 + offset);
          const due = runs.filter((age) => age < 4 * final && isDue(age, final));
          const after = due.map((age, doubling) => Math.floor((age - final * 2 ** doubling) / 60));
          assert.deepEqual(after, [0, 0]);
        },
      ),
    );
  });
});
