import type { HttpHandler } from "../contracts/http";
import { problem } from "../contracts/problems";
import type { ProductShelf } from "./listProducts";
import { isProductId, PRODUCTS_CACHE_CONTROL, productView } from "./productView";

export interface GetProductDeps {
  readonly shelf: Pick<ProductShelf, "find">;
  /** ISO 4217; the one currency of the catalogue. */
  readonly currency: string;
}

/** GET /products/{productId}. All tenants sell from one catalogue. */
export function getProduct({ shelf, currency }: GetProductDeps): HttpHandler {
  return async ({ pathParameters }) => {
    const productId = pathParameters["productId"] ?? "";
    const product = isProductId(productId) ? await shelf.find(productId) : undefined;
    if (product === undefined) return { problem: problem("product-not-found", "No product has this id.") };
    const headers = { "Cache-Control": PRODUCTS_CACHE_CONTROL };
    return { status: 200, headers, body: productView(product, currency) };
  };
}
