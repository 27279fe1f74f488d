import assert from "node:assert/strict";
import * as fc from "fast-check";
import { MAX_STOCK_SHARDS, productOfShard, shardKey, spread } from "../../contracts/stockShards";

describe("the shards of a stock", () => {
  it("have keys that lead back to their product, whose own item is the first", () => {
    assert.deepEqual(
      [0, 1, 99].map((shard) => shardKey("PROD-001", shard)),
      ["PROD-001", "PROD-001#stock-1", "PROD-001#stock-99"],
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(MAX_STOCK_SHARDS - 1), (productId, shard) => {
        fc.pre(productOfShard(productId) === productId);
        assert.equal(productOfShard(shardKey(productId, shard)), productId);
      }),
    );
  });

  it("hold all units between them, none more than one above another", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: MAX_STOCK_SHARDS }), (units, shards) => {
        const levels = spread(units, shards);
        assert.equal(levels.length, shards);
        assert.equal(
          levels.reduce((sum, level) => sum + level, 0),
          units,
        );
        assert.ok(Math.max(...levels) - Math.min(...levels) <= 1);
      }),
    );
  });
});
