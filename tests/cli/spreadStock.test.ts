import assert from "node:assert/strict";
import * as fc from "fast-check";
import { movesOf } from "../../cli/spreadStock";
import { productOfShard, shardKey } from "../../contracts/stockShards";

const stock = fc.array(fc.record({ product: fc.constantFrom("A", "B", "C"), shard: fc.nat(9), units: fc.nat(50) }));

describe("Spreading the stock", () => {
  it("keeps every product's sum, ends even, and then has nothing left to do", () => {
    fc.assert(
      fc.property(stock, fc.integer({ min: 1, max: 10 }), (items, shards) => {
        const before = new Map(items.map(({ product, shard, units }) => [shardKey(product, shard), units]));
        const after = new Map(before);
        for (const { changes } of movesOf(before, shards)) {
          for (const [key, change] of changes) after.set(key, (after.get(key) ?? 0) + change);
        }
        for (const product of ["A", "B", "C"]) {
          const of = (levels: Map<string, number>) => [...levels].filter(([key]) => productOfShard(key) === product);
          const sum = (levels: Map<string, number>) => of(levels).reduce((all, [, units]) => all + units, 0);
          assert.equal(sum(after), sum(before));
          const first = Array.from({ length: shards }, (_, shard) => after.get(shardKey(product, shard)) ?? 0);
          assert.ok(Math.max(...first) - Math.min(...first) <= 1);
          assert.equal(
            first.reduce((all, units) => all + units, 0),
            sum(before),
          );
        }
        assert.deepEqual(movesOf(after, shards), []);
      }),
    );
  });

  it("looks again at those products alone that it did not get done", () => {
    const levels = new Map([
      ["A", 4],
      ["B", 4],
    ]);
    const [a] = movesOf(levels, 2);
    assert.deepEqual(
      movesOf(levels, 2, [a!]).map(({ productId }) => productId),
      ["A"],
    );
  });
});
