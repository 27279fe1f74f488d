import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { decide, simulatedPaymentGateway } from "../../../handlers/adapters/simulatedPaymentGateway";
import { DECLINE_REASONS, type PaymentGateway } from "../../../handlers/paymentGateway";
import { ShopDatabase } from "./shopDatabase";

const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => `order-${n}`);
const charge = (orderId: string) => ({ orderId, amountMinor: 500, currency: "EUR" });

describe("simulatedPaymentGateway", () => {
  let shop: ShopDatabase;
  let gateway: PaymentGateway;
  let decliner: PaymentGateway;

  before(async () => {
    shop = await ShopDatabase.open();
    const options = { paymentsTable: shop.payments, latencyMs: 0, database: shop.client };
    gateway = simulatedPaymentGateway({ ...options, failurePercent: 0 });
    decliner = simulatedPaymentGateway({ ...options, failurePercent: 100 });
  });

  it("captures once, however often and however simultaneously it is asked", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => gateway.charge(charge("once"))));
    assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
    const { status, captures, refunds, amountMinor } = await shop.payment("once");
    assert.deepEqual(
      { status, captures, refunds, amountMinor },
      { status: "CAPTURED", captures: 1, refunds: 0, amountMinor: 500 },
    );
  });

  it("refunds a charge whose answer was lost, once", async () => {
    const lost = await gateway.charge(charge("lost"));
    assert.equal(lost.outcome, "CAPTURED");
    const answers = await Promise.all([gateway.refundOrVoid("lost"), gateway.refundOrVoid("lost")]);
    for (const answer of answers) assert.deepEqual(answer, { outcome: "REFUNDED", transactionId: lost.transactionId });
    const { captures, refunds } = await shop.payment("lost");
    assert.deepEqual([captures, refunds], [1, 1]);
  });

  it("refuses a charge that comes after its refund or its void", async () => {
    await gateway.charge(charge("refunded"));
    await gateway.refundOrVoid("refunded");
    assert.deepEqual(await gateway.charge(charge("refunded")), { outcome: "VOIDED" });

    assert.deepEqual(await gateway.refundOrVoid("voided"), { outcome: "VOIDED" });
    assert.deepEqual(await gateway.charge(charge("voided")), { outcome: "VOIDED" });
    assert.deepEqual(await gateway.refundOrVoid("voided"), { outcome: "VOIDED" });
    const { captures } = await shop.payment("voided");
    assert.equal(captures, 0);
  });

  it("leaves no money taken when charge and refund race", async () => {
    await Promise.all(
      ids(15).map(async (orderId) => {
        const race = `race-${orderId}`;
        await Promise.all([gateway.charge(charge(race)), gateway.refundOrVoid(race)]);
        const { captures, refunds } = await shop.payment(race);
        assert.equal(captures, refunds, race);
      }),
    );
  });

  it("declines for good, with one of four reasons", async () => {
    const first = await decliner.charge(charge("declined"));
    assert.equal(first.outcome, "DECLINED");
    assert.ok(DECLINE_REASONS.includes(first.reason));
    assert.deepEqual(await gateway.charge(charge("declined")), first);
    assert.deepEqual(await decliner.refundOrVoid("declined"), { outcome: "DECLINED" });
    assert.equal((await shop.payment("declined")).captures, 0);
  });

  it("does not charge another amount under the same order", async () => {
    await gateway.charge(charge("amount"));
    await assert.rejects(
      gateway.charge({ ...charge("amount"), amountMinor: 501 }),
      /amount was charged with 500 EUR before/,
    );
  });

  it("declines about as many as it is told, by the order's id alone", () => {
    const declined = (percent: number) => ids(2000).filter((id) => decide(id, percent).outcome === "DECLINED").length;
    assert.deepEqual([declined(0), declined(100)], [0, 2000]);
    assert.ok(Math.abs(declined(20) - 400) < 60, String(declined(20)));
    const reasons = new Set(ids(200).map((id) => JSON.stringify(decide(id, 100))));
    assert.equal(reasons.size, 4);
  });
});
