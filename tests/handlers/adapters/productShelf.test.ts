import assert from "node:assert/strict";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, it } from "mocha";
import { productShelf } from "../../../handlers/adapters/productShelf";
import type { ProductShelf } from "../../../handlers/listProducts";
import { ShopDatabase } from "./shopDatabase";

describe("productShelf", () => {
  let shop: ShopDatabase;
  let shelf: ProductShelf;
  beforeEach(async () => {
    shop = await ShopDatabase.open();
    shelf = productShelf({ inventoryTable: shop.inventory, database: shop.client });
  });

  const put = (Item: Record<string, unknown>) => shop.client.send(new PutCommand({ TableName: shop.inventory, Item }));

  /** The ids on each page, from the first to the last. */
  async function pages(limit: number, meanwhile: () => Promise<unknown> = async () => undefined): Promise<string[][]> {
    const all: string[][] = [];
    let after: string | undefined;
    do {
      const { products, end } = await shelf.page({ limit, ...(after !== undefined && { after }) });
      all.push(products.map(({ productId }) => productId));
      if (after === undefined) await meanwhile();
      after = end;
    } while (after !== undefined);
    return all;
  }

  it("shows what customers may know of a product, and not how many there are", async () => {
    const lamp = { productId: "lamp", name: "Lamp", priceMinor: 999, category: "Light" };
    await put({ ...lamp, stock: 3, supplier: "secret" });
    assert.deepEqual(await shelf.find("lamp"), { ...lamp, inStock: true });
    await put({ ...lamp, stock: 0 });
    assert.deepEqual((await shelf.page({ limit: 1 })).products, [{ ...lamp, inStock: false }]);
  });

  it("finds products whose ids are odd, and nothing where nothing is", async () => {
    const productId = "ä/ö #1%20?";
    await put({ productId, name: "Odd", priceMinor: 0 });
    assert.deepEqual(await shelf.find(productId), { productId, name: "Odd", priceMinor: 0, inStock: false });
    assert.equal(await shelf.find("nothing"), undefined);
  });

  it("leaves out what is no product: without a name or a price, or with an id that no order can name", async () => {
    const good = { name: "Good", priceMinor: 1, stock: 1 };
    await put({ productId: "good", ...good });
    await put({ productId: "x".repeat(65), ...good });
    const bad = [
      { stock: 3 },
      { ...good, name: 5 },
      { name: "No price" },
      { ...good, priceMinor: 1.5 },
      { ...good, priceMinor: -1 },
    ];
    for (const [n, item] of bad.entries()) await put({ productId: `bad-${n}`, ...item });
    assert.deepEqual(await pages(1), [["good"]]);
    for (const n of bad.keys()) assert.equal(await shelf.find(`bad-${n}`), undefined);
  });

  it("shows each product once, page by page, among items that are none, and whatever comes and goes", async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `P-${n}`);
    for (const productId of ids) await put({ productId, name: "P", priceMinor: 1 });
    for (let n = 0; n < 10; n++) await put({ productId: `none-${n}`, stock: 1 });
    const found = await pages(5);
    assert.deepEqual([found.length, found.flat().sort()], [6, ids.toSorted()]);

    const [first = ""] = found.flat();
    const again = await pages(5, async () => {
      for (let n = 0; n < 5; n++) await put({ productId: `new-${n}`, name: "New", priceMinor: 1 });
      await shop.client.send(new DeleteCommand({ TableName: shop.inventory, Key: { productId: first } }));
    });
    const old = again.flat().filter((productId) => productId.startsWith("P-"));
    assert.deepEqual(old.sort(), ids.toSorted());
  });

  it("is empty where nothing is sold", async () => {
    assert.deepEqual(await shelf.page({ limit: 5 }), { products: [] });
  });
});
