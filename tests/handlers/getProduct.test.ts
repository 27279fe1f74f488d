import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { getProduct } from "../../handlers/getProduct";
import { aRequest } from "./aRequest";

const lamp = { productId: "a b/ü", name: "Lamp", priceMinor: 1999, inStock: true };

function shop(currency = "EUR") {
  const asked: string[] = [];
  const find = async (productId: string) => {
    asked.push(productId);
    return productId === lamp.productId ? lamp : undefined;
  };
  const handler = getProduct({ shelf: { find }, currency });
  return { asked, get: (productId: string): Promise<any> => handler(aRequest({ pathParameters: { productId } })) };
}

describe("getProduct", () => {
  it("shows a product with its price in the shop's currency, for a moment", async () => {
    const body = { productId: "a b/ü", name: "Lamp", price: 19.99, currency: "EUR", inStock: true };
    const headers = { "Cache-Control": "private, max-age=5" };
    assert.deepEqual(await shop().get(lamp.productId), { status: 200, headers, body });
    assert.equal((await shop("JPY").get(lamp.productId)).body.price, 1999);
  });

  it("knows no product that is not there, and asks for none whose id cannot be one", async () => {
    const { get, asked } = shop();
    for (const productId of ["PROD-404", "", "x".repeat(65)]) {
      assert.equal((await get(productId)).problem.type, "urn:orderflow:problem:product-not-found");
    }
    assert.deepEqual(asked, ["PROD-404"]);
  });
});
