import assert from "node:assert/strict";
import * as fc from "fast-check";
import { homeShard, sharesOf } from "../../handlers/stockShares";

const levels = fc.array(fc.nat(20), { minLength: 1, maxLength: 12 });
const sum = (units: readonly number[]): number => units.reduce((all, some) => all + some, 0);

describe("sharesOf", () => {
  it("finds exactly what is asked for wherever there is enough, takes no more than lies there, and nothing else", () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 60 }), fc.nat(), (units, qty, place) => {
        const shares = sharesOf(qty, units, place % units.length);
        assert.equal(shares === undefined, sum(units) < qty);
        if (shares === undefined) return;
        assert.equal(sum(shares.map((share) => share.qty)), qty);
        assert.equal(new Set(shares.map(({ shard }) => shard)).size, shares.length);
        for (const { shard, qty: taken } of shares) assert.ok(taken > 0 && taken <= (units[shard] ?? 0));
      }),
    );
  });

  it("takes from as few shards as will do", () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 60 }), fc.nat(), (units, qty, place) => {
        const shares = sharesOf(qty, units, place % units.length);
        if (shares === undefined) return;
        const fullest = [...units].sort((one, other) => other - one);
        const needed = fullest.findIndex((_, at) => sum(fullest.slice(0, at + 1)) >= qty) + 1;
        assert.equal(shares.length, needed);
      }),
    );
  });

  it("takes from home when home has enough, and else goes on from there", () => {
    assert.deepEqual(sharesOf(2, [9, 2, 9, 9], 1), [{ shard: 1, qty: 2 }]);
    assert.deepEqual(sharesOf(3, [9, 2, 0, 9], 1), [{ shard: 3, qty: 3 }]);
    assert.deepEqual(sharesOf(4, [1, 2, 0, 1], 0), [
      { shard: 1, qty: 2 },
      { shard: 0, qty: 1 },
      { shard: 3, qty: 1 },
    ]);
  });

  it("sells every unit to orders that come one by one, whatever each takes, as long as one still fits", () => {
    fc.assert(
      fc.property(levels, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }), (start, quantities) => {
        const units = [...start];
        quantities.forEach((qty, order) => {
          const before = sum(units);
          const shares = sharesOf(qty, units, homeShard(`order-${order}`, "PROD-001", units.length));
          assert.equal(shares !== undefined, before >= qty);
          for (const { shard, qty: taken } of shares ?? []) units[shard]! -= taken;
          assert.ok(units.every((level) => level >= 0));
        });
      }),
    );
  });
});

describe("homeShard", () => {
  it("is the same for the same order, and spreads orders evenly", () => {
    for (const shards of [1, 4, 10, 100]) {
      const counts = Array.from({ length: shards }, () => 0);
      for (let order = 0; order < 200 * shards; order++) {
        const id = `0197f0a2-7d3c-7000-8000-${String(order).padStart(12, "0")}`;
        const home = homeShard(id, "PROD-001", shards);
        assert.equal(homeShard(id, "PROD-001", shards), home);
        counts[home]! += 1;
      }
      // Of 200 expected, with a standard deviation of 14.
      assert.ok(Math.min(...counts) > 140 && Math.max(...counts) < 270, `${shards}: ${counts.join(" ")}`);
    }
  });
});
