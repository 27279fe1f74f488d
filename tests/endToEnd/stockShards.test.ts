import assert from "node:assert/strict";
import { Inventory } from "../../cli/console/pages/inventory";
import { seedInventory } from "../../cli/seedInventory";
import { spreadStock } from "../../cli/spreadStock";
import { SEED_CATALOGUE } from "../../contracts/seedCatalogue";
import { shardKey } from "../../contracts/stockShards";
import { Shop } from "./shop";

const SHARDS = 4;

describe("a shop whose stock lies in four shards a product", function () {
  this.timeout(120_000);
  let shop: Shop;
  let shelf: Inventory;

  before(async () => {
    shop = await Shop.open({ settings: [`stockShards=${SHARDS}`, "paymentFailurePercent=0"] });
    shelf = new Inventory(shop.outputs, "EUR");
  });
  after(async () => {
    shelf.close();
    await shop.close();
  });

  const levels = (productId: string) =>
    Promise.all(
      Array.from({ length: SHARDS }, async (_, shard) => (await shop.stock(shardKey(productId, shard))) ?? 0),
    );
  const listed = async () => (await shelf.list()).map(({ productId, stock }) => ({ productId, stock }));

  it("is seeded once, evenly, and operators see it as one stock a product", async () => {
    assert.deepEqual(await seedInventory(shop.outputs), { added: 0, kept: SEED_CATALOGUE.length });
    assert.deepEqual(await levels("PROD-002"), [75, 75, 75, 75]);
    const catalogue = SEED_CATALOGUE.map(({ productId, stock }) => ({ productId, stock }));
    assert.deepEqual(await listed(), catalogue);
  });

  it("sells the last units wherever they lie, and not one more", async () => {
    await shop.stocked("LAST", 1);
    assert.equal(await shelf.restock("LAST", 6), 7);
    assert.deepEqual(await levels("LAST"), [3, 2, 1, 1]);
    const wanted = [5, 2, 2, 1, 1];
    const placed = wanted.map((qty) => shop.accepted({ userId: "u", items: [{ productId: "LAST", qty }] }));
    const ends = await Promise.all((await Promise.all(placed)).map((orderId) => shop.final(orderId)));
    const units = (status: string): number[] =>
      ends.filter((order) => order.status === status).map(({ items }) => items[0].qty);
    const left = (await levels("LAST")).reduce((sum, level) => sum + level, 0);
    assert.equal(
      units("CONFIRMED").reduce((sum, qty) => sum + qty, left),
      7,
    );
    assert.ok(
      units("FAILED").every((qty) => qty > left),
      `${left} are left, and ${units("FAILED").join()} were refused`,
    );
    assert.equal((await shop.request("GET", "/products/LAST")).body.inStock, left > 0);
  });

  it("can have its stock brought together, which is done once", async () => {
    const before = await listed();
    assert.ok((await spreadStock(shop.outputs, 1)) > 0);
    assert.deepEqual(await listed(), before);
    assert.deepEqual(await levels("PROD-002"), [300, 0, 0, 0]);
    assert.equal(await spreadStock(shop.outputs, 1), 0);
  });
});
