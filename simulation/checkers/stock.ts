import type { Checker, Violation } from "../history";

/** Stock: what there was is what there is and what confirmed orders hold, product by product; it is never negative. */
export const checkStock: Checker = ({ initialStock, books }) => {
  const held = new Map<string, number>();
  for (const { status, items } of books.orders) {
    if (status !== "CONFIRMED") continue;
    for (const { productId, qty } of items) held.set(productId, (held.get(productId) ?? 0) + qty);
  }
  const current = new Map(books.stock.map(({ productId, stock }) => [productId, stock]));
  const shards = new Map(books.stock.map(({ productId, stock, shards: each = [stock] }) => [productId, each]));
  const products = new Set([...initialStock.keys(), ...current.keys(), ...held.keys()]);
  return [...products].flatMap((productId) => {
    const initial = initialStock.get(productId) ?? 0;
    const now = current.get(productId) ?? 0;
    const sold = held.get(productId) ?? 0;
    const violations: Violation[] = [];
    for (const units of shards.get(productId) ?? []) {
      if (units < 0) violations.push({ promise: "stock", sentence: `${productId} stands at ${units}.` });
    }
    if (initial !== now + sold) {
      const off = now + sold - initial;
      const what = off < 0 ? `${-off} are lost` : `${off} too many`;
      const sentence = `${productId} had ${initial}; ${now} are left and ${sold} are held by confirmed orders: ${what}.`;
      violations.push({ promise: "stock", sentence });
    }
    return violations;
  });
};
