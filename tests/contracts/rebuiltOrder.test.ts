import assert from "node:assert/strict";
import * as fc from "fast-check";
import { eventsOf } from "../../contracts/eventsOf";
import type { FailureCode, Order } from "../../contracts/order";
import { rebuiltOrder } from "../../contracts/rebuiltOrder";
import { recordOf } from "../../contracts/trail";
import { anOrder } from "./anOrder";
import { aWalk, trailOf, type Walk } from "./aWalk";

/** The order that a walk came to, without what no event tells, or not yet. */
function tellable(walk: Walk): object {
  const { bodyHash: _hash, customerEmail: _email, payment, failure, ...order } = walk.at(-1)!;
  return {
    ...order,
    ...(payment && payment.status !== "VOIDED" && { payment }),
    ...(failure && (isFinal(order) || hasOwnEvent(failure.code, walk)) && { failure }),
  };
}

/** A fault of ours has no event but OrderFailed, nor has a want of stock that was then taken after all. */
function hasOwnEvent(code: FailureCode, walk: Walk): boolean {
  return code === "PAYMENT_DECLINED" || (code === "OUT_OF_STOCK" && !walk.some(({ reserved }) => reserved));
}

const isFinal = ({ status }: Pick<Order, "status">): boolean => status !== "PENDING";

describe("an order that is rebuilt from its events", () => {
  it("is the order, whatever way it went and however its events are shuffled", () => {
    fc.assert(
      fc.property(aWalk, fc.infiniteStream(fc.nat()), (walk, numbers) => {
        const last = walk.at(-1) as Order;
        const trail = trailOf(walk)
          .map((event) => ({ event, place: numbers.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ event }) => event);
        const rebuilt = rebuiltOrder(trail);
        // A write that tells nothing is known by the next event; every walk that ends has one.
        if (isFinal(last) || rebuilt?.version === last.version) assert.deepEqual(rebuilt, tellable(walk));
        else assert.ok(rebuilt!.version < last.version);
      }),
      { numRuns: 500 },
    );
  });

  it("comes to its end often enough for that to mean something", () => {
    const ends = fc.sample(aWalk, 300).map((walk) => walk.at(-1)!.status);
    for (const status of ["CONFIRMED", "FAILED", "PENDING"] as const) {
      assert.ok(ends.filter((end) => end === status).length > 15, status);
    }
  });

  it("is the order when one change tells of several writes", () => {
    fc.assert(
      fc.property(
        aWalk.filter((walk) => isFinal(walk.at(-1)!)),
        (walk) => {
          const [before, after] = [walk[0]!, walk.at(-1)!];
          const events = [...eventsOf({ after: before }), ...eventsOf({ before, after })];
          const rebuilt = rebuiltOrder(events.map((event) => recordOf(event, new Date(0))));
          assert.deepEqual(rebuilt, tellable(walk));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is none without OrderCreated", () => {
    assert.equal(rebuiltOrder([]), undefined);
    const reserved = anOrder({ stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
    assert.equal(rebuiltOrder(trailOf([anOrder(), reserved]).slice(1)), undefined);
  });

  it("passes over a type of a later version, but for its version and time", () => {
    const [created] = trailOf([anOrder()]);
    const later = { ...created!, type: "toString", version: 2, occurredAt: "2026-11-20T10:01:00.000Z" };
    const { bodyHash: _, ...order } = anOrder({ version: 2, updatedAt: "2026-11-20T10:01:00.000Z" });
    assert.deepEqual(rebuiltOrder([later, created!]), order);
  });
});
