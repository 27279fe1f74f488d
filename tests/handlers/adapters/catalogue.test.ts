import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { catalogue } from "../../../handlers/adapters/catalogue";
import { ShopDatabase } from "./shopDatabase";

describe("catalogue", () => {
  let shop: ShopDatabase;

  before(async () => {
    shop = await ShopDatabase.open();
    await shop.addProduct({ productId: "A", name: "Lamp", priceMinor: 999, stock: 0 });
    await shop.addProduct({ productId: "B", name: "Desk", priceMinor: 19900, stock: 5 });
    await shop.addProduct({ productId: "LEFTOVER", stock: 3 });
  });

  it("finds names and prices, whatever the stock", async () => {
    const products = await catalogue(shop.inventory, shop.client).find(["A", "B", "NONE"]);
    assert.deepEqual(
      [...products.values()].sort((a, b) => a.priceMinor - b.priceMinor),
      [
        { productId: "A", name: "Lamp", priceMinor: 999 },
        { productId: "B", name: "Desk", priceMinor: 19900 },
      ],
    );
  });

  it("sells nothing that has no price", async () => {
    assert.equal((await catalogue(shop.inventory, shop.client).find(["LEFTOVER"])).size, 0);
  });

  it("asks again for what the table left out", async () => {
    let calls = 0;
    const send = async (command: any) => {
      const keys = command.input.RequestItems.table.Keys;
      const [first, ...rest] = keys;
      calls++;
      return {
        Responses: { table: [{ ...first, name: "x", priceMinor: 1 }] },
        UnprocessedKeys: rest.length > 0 ? { table: { Keys: rest } } : {},
      };
    };
    const products = await catalogue("table", { send } as never).find(["A", "B", "C"]);
    assert.deepEqual([[...products.keys()], calls], [["A", "B", "C"], 3]);
  });

  it("fails rather than call a product unknown that the table did not answer for", async () => {
    const send = async (command: any) => ({ UnprocessedKeys: command.input.RequestItems });
    await assert.rejects(catalogue("table", { send } as never).find(["A"]), /did not answer for all products/);
  });
});
