import assert from "node:assert/strict";
import * as fc from "fast-check";
import { conflictShare, ordersPerSecond, shardsFor } from "../../../cli/scaling/contention";

const PRODUCT = { shards: 1, transactionMs: 15, tries: 6 };

describe("The contention model of a hot product", () => {
  it("knows no conflict without orders, more with more of them, and fewer with more shards", () => {
    assert.equal(conflictShare(0, PRODUCT), 0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }), (rate, shards) => {
        const share = conflictShare(rate, { ...PRODUCT, shards });
        assert.ok(share >= 0 && share <= 1);
        assert.ok(conflictShare(rate + 10, { ...PRODUCT, shards }) >= share);
        assert.ok(conflictShare(rate, { ...PRODUCT, shards: shards + 1 }) <= share);
      }),
    );
  });

  it("agrees with orders that are thrown at a shard one by one", () => {
    // Ten a second of 15 ms each, at random times, each tried once: one that starts while another is on its way meets it.
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const starts: number[] = [];
    for (let at = 0; at < 20_000_000; at += -Math.log(random()) * 100) starts.push(at);
    const met = starts.filter((at, order) => at - (starts[order - 1] ?? -1e9) < 15);
    const modelled = conflictShare(10, { ...PRODUCT, tries: 1 });
    assert.ok(Math.abs(met.length / starts.length - modelled) < 0.01, `${met.length / starts.length} ${modelled}`);
  });

  it("takes in proportion to the shards, and never more than the item's own limit", () => {
    const one = ordersPerSecond(PRODUCT);
    assert.ok(Math.abs(ordersPerSecond({ ...PRODUCT, shards: 10 }) / one - 10) < 0.01);
    assert.ok(ordersPerSecond({ ...PRODUCT, transactionMs: 0.001 }) <= 500);
  });

  it("says how many shards a rate needs, or that there are too few", () => {
    const shards = shardsFor(167, PRODUCT);
    assert.ok(shards !== undefined && ordersPerSecond({ ...PRODUCT, shards }) >= 167);
    assert.ok(ordersPerSecond({ ...PRODUCT, shards: shards - 1 }) < 167);
    assert.equal(shardsFor(16_667, PRODUCT), undefined);
  });
});
