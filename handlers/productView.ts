import { toDecimal } from "../contracts/money";
import type { ProductView } from "../contracts/schemas";

/** A product as a customer sees it on the shelf. */
export interface ShelvedProduct {
  readonly productId: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly category?: string;
  /** Whether at least one can be sold. */
  readonly inStock: boolean;
}

/**
 * Of answers with products: what they say changes now and then, and a page that shows many of them need not ask
 * again at each click. An order is priced anew in any case.
 */
export const PRODUCTS_CACHE_CONTROL = "private, max-age=5";

/** Longest id that an order can name (contracts/schemas.ts). */
const LONGEST_ID = 64;

/** Whether an order could name this product. */
export function isProductId(text: string): boolean {
  return text !== "" && [...text].length <= LONGEST_ID;
}

/** @param currency ISO 4217; the one of all prices */
export function productView({ productId, name, priceMinor, ...rest }: ShelvedProduct, currency: string): ProductView {
  const { category, inStock } = rest;
  const price = toDecimal(priceMinor, currency);
  return { productId, name, price, currency, ...(category !== undefined && { category }), inStock };
}
