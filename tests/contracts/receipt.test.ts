import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { receiptKeyOf, receiptOf, voidedReceiptOf } from "../../contracts/receipt";
import { anOrder, captured } from "./anOrder";

const paid = anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured });

describe("a receipt", () => {
  it("says who bought what at which price, when, and by which charge", () => {
    assert.deepEqual(receiptOf(paid), {
      status: "ISSUED",
      receiptNumber: "order-1",
      orderId: "order-1",
      tenantId: "acme",
      userId: "user-1",
      lines: [
        { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPrice: 29.99, lineTotal: 59.98 },
        { productId: "PROD-003", name: "USB-C Hub", qty: 1, unitPrice: 49.99, lineTotal: 49.99 },
      ],
      total: 109.97,
      currency: "EUR",
      transactionId: "txn-1",
      issuedAt: "2026-11-20T10:00:00.000Z",
    });
  });

  it("is the same to the byte however far the order went since it was paid", () => {
    const confirmed = { ...paid, stage: "CONFIRMED", status: "CONFIRMED", version: 4, updatedAt: "later" } as const;
    assert.equal(JSON.stringify(receiptOf(confirmed)), JSON.stringify(receiptOf(paid)));
  });

  it("names no e-mail address", () => {
    assert.doesNotMatch(JSON.stringify(receiptOf({ ...paid, customerEmail: "a@b.example" })), /@/);
  });

  it("lies under the month, in UTC, in which its order was placed", () => {
    const keyOf = (createdAt: string): string => receiptKeyOf({ orderId: "o-1", createdAt });
    assert.equal(keyOf("2026-11-20T10:00:00.000Z"), "receipts/2026/11/o-1.json");
    assert.equal(keyOf("2026-12-31T23:59:59.999Z"), "receipts/2026/12/o-1.json");
    assert.equal(keyOf("2027-01-01T00:30:00.000+01:00"), "receipts/2026/12/o-1.json");
  });

  it("is replaced, once it is void, by its number alone", () => {
    const numbers = { receiptNumber: "order-1", orderId: "order-1", tenantId: "acme" };
    assert.deepEqual(voidedReceiptOf(paid), { status: "VOID", ...numbers });
  });
});
