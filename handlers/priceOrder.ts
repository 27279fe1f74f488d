import type { HttpRefusal } from "../contracts/http";
import { MAX_AMOUNT_MINOR, toDecimal, toMinor } from "../contracts/money";
import type { OrderLine } from "../contracts/order";
import { problem } from "../contracts/problems";
import type { PlaceOrderBody } from "../contracts/schemas";

/** A product of the catalogue. */
export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly priceMinor: number;
}

/** The lines of an order at the prices of now, which it keeps for good. */
export interface PricedOrder {
  readonly items: readonly OrderLine[];
  readonly amountMinor: number;
}

/** Prices an order by the catalogue. The client's own total is only compared, never used. */
export function priceOrder(
  { items, totalAmount }: PlaceOrderBody,
  products: ReadonlyMap<string, Product>,
  currency: string,
): PricedOrder | HttpRefusal {
  const unknown = items.map(({ productId }) => productId).filter((productId) => !products.has(productId));
  if (unknown.length > 0) {
    return { problem: problem("unknown-product", `There is no product ${unknown.join(", ")}.`) };
  }
  const lines = items.flatMap(({ productId, qty }) => {
    const product = products.get(productId);
    return product === undefined ? [] : [{ productId, name: product.name, qty, unitPriceMinor: product.priceMinor }];
  });
  const amountMinor = lines.reduce((sum, { qty, unitPriceMinor }) => sum + qty * unitPriceMinor, 0);
  if (amountMinor > MAX_AMOUNT_MINOR)
    throw new Error("The prices of the catalogue add up to more than can be counted.");
  if (totalAmount !== undefined && toMinor(totalAmount, currency) !== amountMinor) {
    const total = toDecimal(amountMinor, currency);
    const expected = { pointer: "/totalAmount", detail: `Expected ${total}` };
    return {
      problem: problem("total-mismatch", `The order comes to ${total} ${currency}, not ${totalAmount}.`, [expected]),
    };
  }
  return { items: lines, amountMinor };
}
