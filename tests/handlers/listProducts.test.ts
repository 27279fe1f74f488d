import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { cursorOf } from "../../handlers/cursor";
import { listProducts, type ProductShelf } from "../../handlers/listProducts";
import { aRequest } from "./aRequest";

const product = (productId: string) => ({ productId, name: `The ${productId}`, priceMinor: 250, inStock: false });

function shop() {
  const asked: unknown[] = [];
  const page: ProductShelf["page"] = async (range) => {
    asked.push(range);
    const ids = ["A", "B", "C"];
    const from = ids.indexOf(range.after ?? "") + 1;
    const products = ids.slice(from, from + range.limit).map(product);
    const end = from + range.limit < ids.length ? products.at(-1)?.productId : undefined;
    return { products, ...(end !== undefined && { end }) };
  };
  const handler = listProducts({ shelf: { page }, currency: "EUR" });
  return { asked, get: (query: Record<string, string> = {}): Promise<any> => handler(aRequest({ query })) };
}

describe("listProducts", () => {
  it("shows products as they are shown one by one, twenty unless told otherwise", async () => {
    const { get, asked } = shop();
    const { status, headers, body } = await get();
    assert.deepEqual([status, headers], [200, { "Cache-Control": "private, max-age=5" }]);
    const view = { productId: "A", name: "The A", price: 2.5, currency: "EUR", inStock: false };
    assert.deepEqual([body.products[0], body.nextCursor], [view, undefined]);
    assert.deepEqual(asked, [{ limit: 20 }]);
  });

  it("leads from page to page by its cursors, and gives none on the last", async () => {
    const { get } = shop();
    const { products, nextCursor: cursor } = (await get({ limit: "2" })).body;
    assert.equal(products.length, 2);
    const { body } = await get({ limit: "2", cursor });
    assert.deepEqual([body.products[0].productId, body.nextCursor], ["C", undefined]);
  });

  it("refuses what is no cursor of it, a limit out of bounds, and what it does not know", async () => {
    const { get, asked } = shop();
    const cursors = [
      "x",
      cursorOf(["orders"], ["A"]),
      cursorOf(["products"], [""]),
      cursorOf(["products"], ["A", "B"]),
    ];
    for (const cursor of cursors) {
      const { problem } = await get({ cursor, limit: "0", q: "mouse" });
      const pointers = problem.errors.map(({ pointer }: { pointer: string }) => pointer);
      assert.deepEqual([problem.status, pointers], [400, ["/query/limit", "/query/q", "/query/cursor"]]);
    }
    assert.deepEqual(asked, []);
  });
});
