import assert from "node:assert/strict";
import * as fc from "fast-check";
import { compared } from "../../../cli/order/comparison";
import type { Order } from "../../../contracts/order";
import { aWalk, trailOf } from "../../contracts/aWalk";
import { anOrder, captured } from "../../contracts/anOrder";

const aFinishedWalk = aWalk.filter((walk) => walk.at(-1)!.status !== "PENDING");
const reserved = anOrder({ stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
const paid = anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured, version: 3 });
const confirmed: Order = { ...paid, stage: "CONFIRMED", status: "CONFIRMED", version: 4 };
const trail = trailOf([anOrder(), reserved, paid, confirmed]);
const { orderId } = confirmed;

describe("comparing an order with its trail", () => {
  it("finds nothing wrong on any way, wherever the order stands on it and however far the trail is behind", () => {
    fc.assert(
      fc.property(aWalk, fc.nat(), (walk, lag) => {
        const order = walk.at(-1)!;
        const events = trailOf(walk);
        const final = order.status !== "PENDING";
        const seen = final ? events : events.slice(0, events.length - (lag % (events.length + 1)));
        const { outcome, differences } = compared({ orderId, order, events: seen });
        assert.deepEqual(differences, []);
        assert.ok(final ? outcome === "SAME" : outcome !== "DIFFERS");
      }),
      { numRuns: 500 },
    );
  });

  it("misses any event that is not there once the order has come to its end", () => {
    fc.assert(
      fc.property(aFinishedWalk, fc.nat(), (walk, which) => {
        const events = trailOf(walk);
        const left = events.filter((_, at) => at !== which % events.length);
        assert.equal(compared({ orderId, order: walk.at(-1)!, events: left }).outcome, "DIFFERS");
      }),
      { numRuns: 300 },
    );
  });

  const differences = (changes: Partial<Order>) =>
    compared({ orderId, order: { ...confirmed, ...changes }, events: trail }).differences;

  it("names each field with both sides", () => {
    assert.deepEqual(differences({}), []);
    assert.deepEqual(differences({ amountMinor: 1 }), [{ what: "amountMinor", trail: 10997, table: 1 }]);
    assert.deepEqual(
      differences({ userId: "user-2", items: [], reserved: false, updatedAt: "2027" }).map(({ what }) => what),
      ["userId", "items", "reserved", "updatedAt"],
    );
    assert.deepEqual(differences({ payment: { ...captured, amountMinor: 10996 } })[0], {
      ...{ what: "payment", trail: captured },
      table: { ...captured, amountMinor: 10996 },
    });
  });

  it("does not ask the events for what they leave out", () => {
    assert.deepEqual(differences({ bodyHash: "other", customerEmail: "someone@example.com" }), []);
  });

  it("sees an order of which nothing is recorded, one that was removed, and a trail that is ahead", () => {
    const nothing = compared({ orderId, order: confirmed, events: [] });
    assert.deepEqual(nothing.differences, [{ what: "OrderCreated", trail: "is not there", table: "version 4" }]);
    assert.deepEqual(compared({ orderId, events: trail }).differences[0]?.what, "order");
    const ahead = compared({ orderId, order: reserved, events: trail });
    assert.equal(ahead.outcome, "DIFFERS");
    assert.equal(compared({ orderId, order: anOrder(), events: [] }).outcome, "UNDER_WAY");
  });

  it("sees through a pending order that was never what its trail says", () => {
    const events = trailOf([anOrder(), reserved]);
    const { outcome, differences } = compared({ orderId, order: { ...paid, currency: "USD" }, events });
    assert.deepEqual([outcome, differences.map(({ what }) => what)], ["DIFFERS", ["currency"]]);
  });
});
