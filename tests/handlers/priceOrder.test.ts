import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describe, it } from "mocha";
import { toDecimal, toMinor } from "../../contracts/money";
import { priceOrder, type Product } from "../../handlers/priceOrder";

const DIGITS = { EUR: 2, JPY: 0, KWD: 3 } as const;
type Currency = keyof typeof DIGITS;

/** One unit of each product, at these prices. */
function priced(prices: readonly number[], currency: Currency, totalAmount?: number): any {
  const products = prices.map((priceMinor, at): Product => ({
    productId: `P-${at}`,
    name: `Product ${at}`,
    priceMinor,
  }));
  const items = products.map(({ productId }) => ({ productId, qty: 1 }));
  const order = { userId: "u", items, ...(totalAmount !== undefined && { totalAmount }) };
  return priceOrder(order, new Map(products.map((product) => [product.productId, product])), currency);
}

describe("priceOrder", () => {
  const exact: [Currency, number, number][] = [
    ["EUR", 0.3, 0.1 + 0.2],
    ["KWD", 0.03, 0.01 + 0.02 + 1e-17],
    ["JPY", 30, 30.000000000000004],
  ];
  for (const [currency, right, inexact] of exact) {
    it(`adds 10 and 20 of the smallest ${currency} up to exactly ${right}`, () => {
      assert.equal(toDecimal(priced([10, 20], currency).amountMinor, currency), right);
      assert.equal(priced([10, 20], currency, right).amountMinor, 30);
    });

    it(`tells the right total to who sends ${inexact} ${currency}`, () => {
      assert.notEqual(inexact, right);
      const { problem } = priced([10, 20], currency, inexact);
      assert.deepEqual([problem.status, problem.type], [422, "urn:orderflow:problem:total-mismatch"]);
      assert.equal(problem.detail, `The order comes to ${right} ${currency}, not ${inexact}.`);
      assert.deepEqual(problem.errors, [{ pointer: "/totalAmount", detail: `Expected ${right}` }]);
    });
  }

  it("tells the right total whatever number was sent", () => {
    for (const totalAmount of [0, 0.29, 0.31, 1.005, 1e-7, 1e21, Number.MAX_VALUE, Number.MIN_VALUE]) {
      const { problem } = priced([10, 20], "EUR", totalAmount);
      assert.deepEqual([problem?.status, problem?.errors[0].detail], [422, "Expected 0.3"], String(totalAmount));
    }
  });

  it("agrees to the smallest unit with who adds up decimals, digit by digit, and with nobody else", () => {
    const currency = fc.constantFrom<Currency>("EUR", "JPY", "KWD");
    const prices = fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength: 1, maxLength: 50 });
    const property = fc.property(currency, prices, fc.integer({ min: -1, max: 1 }), (code, each, off) => {
      // BigInt and text, so that no rounding of numbers can hide another.
      const digits = DIGITS[code];
      const minor = each.reduce((sum, price) => sum + BigInt(price), 0n) + BigInt(off);
      const text = minor.toString().padStart(digits + 1, "0");
      const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
      assert.equal(toMinor(JSON.parse(decimal) as number, code), Number(minor));
      assert.equal(priced(each, code, JSON.parse(decimal) as number).problem?.status, off === 0 ? undefined : 422);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("fails rather than charge a sum that cannot be counted", () => {
    assert.throws(() => priced([Number.MAX_SAFE_INTEGER, 1], "EUR"), /add up to more than can be counted/);
  });
});
