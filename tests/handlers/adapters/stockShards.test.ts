import assert from "node:assert/strict";
import { orderLedger } from "../../../handlers/adapters/orderLedger";
import { productShelf } from "../../../handlers/adapters/productShelf";
import type { Ledger, Line } from "../../../handlers/ledger";
import { shardKey, spread } from "../../../contracts/stockShards";
import { outOfStock } from "../../contracts/anOrder";
import { ShopDatabase } from "./shopDatabase";

const SHARDS = 4;
const keys = (productId: string, shards = SHARDS): string[] =>
  Array.from({ length: shards }, (_, shard) => shardKey(productId, shard));

describe("A stock in four shards", () => {
  let shop: ShopDatabase;

  before(async () => {
    shop = await ShopDatabase.open();
  });

  const ledgerWith = (stockShards: number): Ledger =>
    orderLedger({
      ...{ ordersTable: shop.orders, inventoryTable: shop.inventory, database: shop.client, stockShards },
      contention: { pause: async () => undefined, tries: 50 },
    });

  const stocked = async (productId: string, levels: readonly number[]): Promise<void> => {
    const named = { name: `Name of ${productId}`, priceMinor: 100 };
    const items = levels.map((stock, shard) => ({
      productId: shardKey(productId, shard),
      stock,
      ...(shard === 0 && named),
    }));
    await Promise.all(items.map((item) => shop.addProduct(item)));
  };

  const levels = (productId: string, shards = SHARDS) =>
    Promise.all(keys(productId, shards).map((key) => shop.stock(key).then((units) => units ?? 0)));

  const total = async (productId: string, shards = SHARDS) =>
    (await levels(productId, shards)).reduce((sum, units) => sum + units, 0);

  const reserve = async (lines: readonly Line[], ledger = ledgerWith(SHARDS)) => {
    const { orderId } = await shop.addOrder();
    return { orderId, answer: await ledger.reserve(orderId, lines) };
  };

  it("sells 15 of 15 to 30 orders that come at once, though no shard knows of the others", async () => {
    await stocked("CROWD", spread(15, SHARDS));
    const answers = await Promise.all(Array.from({ length: 30 }, () => reserve([{ productId: "CROWD", qty: 1 }])));
    assert.equal(answers.filter(({ answer }) => answer === "DONE").length, 15);
    const refused = answers.filter(({ answer }) => typeof answer === "object");
    assert.equal(refused.length, 15);
    assert.deepEqual(refused[0]?.answer, { short: ["Name of CROWD"] });
    assert.deepEqual(await levels("CROWD"), [0, 0, 0, 0]);
  });

  it("sells the last units to one order from several shards, in the same transaction", async () => {
    await stocked("LAST", [1, 2, 0, 1]);
    const { orderId, answer } = await reserve([{ productId: "LAST", qty: 4 }]);
    assert.equal(answer, "DONE");
    assert.deepEqual(await levels("LAST"), [0, 0, 0, 0]);
    assert.equal(await ledgerWith(SHARDS).reserve(orderId, [{ productId: "LAST", qty: 4 }]), "ALREADY_DONE");
    assert.deepEqual((await reserve([{ productId: "LAST", qty: 1 }])).answer, { short: ["Name of LAST"] });
  });

  it("takes nothing of any line when one is short everywhere, and names that one alone", async () => {
    await stocked("PLENTY", [0, 0, 0, 9]);
    await stocked("RARE", [1, 0, 1, 0]);
    const lines = [
      { productId: "PLENTY", qty: 2 },
      { productId: "RARE", qty: 3 },
    ];
    assert.deepEqual((await reserve(lines)).answer, { short: ["Name of RARE"] });
    assert.deepEqual(
      [await levels("PLENTY"), await levels("RARE")],
      [
        [0, 0, 0, 9],
        [1, 0, 1, 0],
      ],
    );
  });

  it("gets back once what an order took, wherever that was", async () => {
    await stocked("BACK", [1, 1, 1, 1]);
    const lines = [{ productId: "BACK", qty: 3 }];
    const { orderId } = await reserve(lines);
    const ledger = ledgerWith(SHARDS);
    await ledger.cancel(orderId, outOfStock);
    const answers = await Promise.all([ledger.release(orderId, lines), ledger.release(orderId, lines)]);
    assert.deepEqual(answers.sort(), ["ALREADY_DONE", "DONE"]);
    assert.equal(await total("BACK"), 4);
  });

  it("sells what lies in one item when the shards have just been made more", async () => {
    await stocked("YOUNG", [5]);
    const answers = await Promise.all(Array.from({ length: 7 }, () => reserve([{ productId: "YOUNG", qty: 1 }])));
    assert.equal(answers.filter(({ answer }) => answer === "DONE").length, 5);
    assert.equal(await total("YOUNG"), 0);
  });

  it("brings together what lies in more places than one transaction can hold", async () => {
    const shards = 60;
    const ledger = ledgerWith(shards);
    await stocked("DUST-1", spread(shards, shards));
    await stocked("DUST-2", spread(shards, shards));
    const lines = [
      { productId: "DUST-1", qty: 58 },
      { productId: "DUST-2", qty: 57 },
    ];
    const { answer } = await reserve(lines, ledger);
    assert.equal(answer, "DONE");
    assert.deepEqual([await total("DUST-1", shards), await total("DUST-2", shards)], [2, 3]);
  });

  it("neither loses nor makes a unit while orders of many sizes take and give back at once", async () => {
    await stocked("MIXED", spread(40, SHARDS));
    const ledger = ledgerWith(SHARDS);
    const held = await Promise.all(
      Array.from({ length: 24 }, async (_, at) => {
        const lines = [{ productId: "MIXED", qty: (at % 4) + 1 }];
        const { orderId, answer } = await reserve(lines, ledger);
        if (answer !== "DONE") return 0;
        if (at % 3 > 0) return (at % 4) + 1;
        await ledger.cancel(orderId, outOfStock);
        await ledger.release(orderId, lines);
        return 0;
      }),
    );
    assert.equal((await total("MIXED")) + held.reduce((sum, qty) => sum + qty, 0), 40);
    assert.ok((await levels("MIXED")).every((units) => units >= 0));
  });

  it("is one product on the shelf, in stock as long as any shard holds a unit", async () => {
    await stocked("SHELF-1", [0, 0, 3, 0]);
    await stocked("SHELF-2", [0, 0, 0, 0]);
    const shelf = productShelf({ inventoryTable: shop.inventory, stockShards: SHARDS, database: shop.client });
    assert.deepEqual([(await shelf.find("SHELF-1"))?.inStock, (await shelf.find("SHELF-2"))?.inStock], [true, false]);
    const seen = new Map<string, boolean>();
    let after: string | undefined;
    do {
      const page = await shelf.page({ limit: 3, ...(after !== undefined && { after }) });
      for (const { productId, inStock } of page.products) {
        assert.ok(!seen.has(productId), productId);
        seen.set(productId, inStock);
      }
      after = page.end;
    } while (after !== undefined);
    assert.deepEqual([seen.get("SHELF-1"), seen.get("SHELF-2")], [true, false]);
    assert.ok([...seen.keys()].every((productId) => !productId.includes("#stock-")));
  });
});
