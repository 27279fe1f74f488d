import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Order } from "../../contracts/order";
import { wordingOf } from "../../handlers/customerMessage";
import { anOrder, captured, outOfStock, refunded } from "../contracts/anOrder";

const orderId = "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11";
const receiptKey = `receipts/2026/11/${orderId}.json`;
const ended = (rest: Partial<Order>): Order => anOrder({ orderId, ...rest });
const confirmed = ended({ status: "CONFIRMED", stage: "CONFIRMED", payment: captured, receiptKey });
const failed = (rest: Partial<Order>): Order => ended({ status: "FAILED", stage: "FAILED", ...rest });
const declined = { step: "ProcessPayment", code: "PAYMENT_DECLINED", reason: "The card has expired" } as const;
const technical = { step: "ConfirmOrder", code: "TECHNICAL_FAULT", reason: "Something failed." } as const;

const textOf = (order: Order): string => wordingOf(order)?.text ?? "";

describe("what customers read", () => {
  it("of a confirmed order: what they bought, what it cost, the transaction and the receipt", () => {
    assert.deepEqual(wordingOf(confirmed), {
      ending: "CONFIRMED",
      subject: "Your order is confirmed (order 3f0e9a52)",
      text: [
        "Hello,",
        "",
        "Thank you. Your order is confirmed and 109.97 EUR is paid.",
        "",
        "Transaction: txn-1",
        `Receipt:     ${orderId}`,
        "",
        `Your order ${orderId}:`,
        "  2 × Wireless Mouse (PROD-001), 29.99 EUR each: 59.98 EUR",
        "  1 × USB-C Hub (PROD-003), 49.99 EUR each: 49.99 EUR",
        "  Total: 109.97 EUR",
        "",
      ].join("\n"),
    });
  });

  it("of an order that was out of stock: why, and that nothing was charged", () => {
    const order = failed({ failure: outOfStock });
    assert.equal(wordingOf(order)?.ending, "OUT_OF_STOCK");
    assert.match(textOf(order), /could not fill your order\. Not enough\.\n\nNothing was charged\./);
  });

  it("of a declined payment: the reason, and what to do", () => {
    const order = failed({ failure: declined });
    assert.equal(wordingOf(order)?.ending, "DECLINED");
    assert.match(textOf(order), /The card has expired\.\n\nNothing was charged\. Please check with your bank/);
  });

  it("of an order that failed after its payment: that the money goes back", () => {
    const order = failed({ failure: technical, payment: refunded });
    assert.equal(wordingOf(order)?.ending, "REFUNDED");
    assert.match(textOf(order), /109\.97 EUR goes back to where it came from \(transaction txn-1\)/);
    assert.doesNotMatch(textOf(order), /Nothing was charged/);
  });

  it("of an order that failed before its payment: that nothing was charged", () => {
    const voided = { status: "VOIDED", amountMinor: 10_997 } as const;
    for (const order of [failed({ failure: technical }), failed({ failure: technical, payment: voided })]) {
      assert.equal(wordingOf(order)?.ending, "FAILED");
      assert.match(textOf(order), /Nothing was charged/);
    }
  });

  it("is nothing while the order is not at its end", () => {
    assert.equal(wordingOf(ended({})), undefined);
  });

  it("has a subject that a topic takes: one line of at most 99 ASCII characters", () => {
    for (const order of [confirmed, failed({ failure: outOfStock }), failed({ failure: technical })]) {
      assert.match(wordingOf(order)?.subject ?? "", /^[\x20-\x7e]{1,99}$/);
    }
  });

  it("shows amounts with the currency's own digits", () => {
    assert.match(textOf({ ...confirmed, currency: "JPY" }), /10997 JPY is paid/);
    assert.match(textOf({ ...confirmed, currency: "KWD" }), /10\.997 KWD is paid/);
  });
});
