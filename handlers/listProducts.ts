import type { HttpHandler, HttpRefusal, HttpRequest } from "../contracts/http";
import { OPERATIONS, PAGE_LIMIT } from "../contracts/operations";
import type { ProductList } from "../contracts/schemas";
import { cursorOf, placeOf, type Place } from "./cursor";
import { isProductId, PRODUCTS_CACHE_CONTROL, productView, type ShelvedProduct } from "./productView";
import { invalidQuery, pointerTo, readQuery } from "./queryParameters";

export interface ProductPage {
  readonly products: readonly ShelvedProduct[];
  /** Id of the product that the page ends with; absent on the last page. */
  readonly end?: string;
}

/** What is sold, for looking at. */
export interface ProductShelf {
  find(productId: string): Promise<ShelvedProduct | undefined>;
  /** Up to `limit` products after one of them, in an order that means nothing but stays the same. */
  page(range: { readonly limit: number; readonly after?: string }): Promise<ProductPage>;
}

export interface ListProductsDeps {
  readonly shelf: Pick<ProductShelf, "page">;
  /** ISO 4217; the one currency of the catalogue. */
  readonly currency: string;
}

/** GET /products: the catalogue that all tenants sell from, page by page. */
export function listProducts({ shelf, currency }: ListProductsDeps): HttpHandler {
  return async (request) => {
    const range = readRange(request);
    if ("problem" in range) return range;
    const { products, end } = await shelf.page(range);
    const body: ProductList = {
      products: products.map((product) => productView(product, currency)),
      ...(end !== undefined && { nextCursor: cursorOf(CATALOGUE, [end]) }),
    };
    return { status: 200, headers: { "Cache-Control": PRODUCTS_CACHE_CONTROL }, body };
  };
}

const CATALOGUE = ["products"] as const;

function readRange(request: HttpRequest): Parameters<ProductShelf["page"]>[0] | HttpRefusal {
  const { values, violations } = readQuery(request, OPERATIONS.listProducts);
  const cursor = values.get("cursor");
  const after = cursor === undefined ? null : productAt(placeOf(CATALOGUE, cursor));
  const foreign = { pointer: pointerTo("cursor"), detail: "Expected the nextCursor of a page of products" };
  const mistakes = [...violations, ...(after === undefined ? [foreign] : [])];
  if (mistakes.length > 0) return invalidQuery(mistakes);
  return { limit: Number(values.get("limit") ?? PAGE_LIMIT.default), ...(typeof after === "string" && { after }) };
}

function productAt([productId = "", ...rest]: Place = []): string | undefined {
  return isProductId(productId) && rest.length === 0 ? productId : undefined;
}
