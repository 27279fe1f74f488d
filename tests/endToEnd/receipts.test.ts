import assert from "node:assert/strict";
import { Shop } from "./shop";

const MICE_AND_A_HUB = {
  userId: "user-123",
  items: [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ],
};

/** The role of a task's function, for faults that strike nobody else. */
function roleOf(shop: Shop, task: string): string {
  const found = shop.pipeline.runtime.resources.find(
    ({ type, outputs }) => type === "aws:lambda/function:Function" && String(outputs["name"]).endsWith(`-${task}`),
  );
  return String(found?.inputs["role"]);
}

/** Where a receipt of the order would be, if it had one. */
const placeOf = ({ orderId, createdAt }: { orderId: string; createdAt: string }): string =>
  `receipts/${createdAt.slice(0, 4)}/${createdAt.slice(5, 7)}/${orderId}.json`;

describe("a receipt", () => {
  let shop: Shop;
  /** Ids of versions that were written, in order. */
  let written: string[] = [];
  before(async () => {
    // The clock runs fast while everything waits, so that half a minute of trouble takes no half minute.
    shop = await Shop.open({ speed: 300 });
    shop.pipeline.runtime.feed.on("object", ({ versionId }) => void written.push(versionId));
  });
  beforeEach(() => {
    written = [];
  });
  afterEach(() => shop.pipeline.runtime.faults.clear());
  after(() => shop.close());

  it("is there when its order is confirmed, and says what was bought and paid", async () => {
    const orderId = await shop.accepted(MICE_AND_A_HUB);
    const order = await shop.final(orderId);
    assert.deepEqual([order.status, order.receiptKey], ["CONFIRMED", placeOf(order)]);
    assert.deepEqual(await shop.receipt(order.receiptKey), {
      status: "ISSUED",
      receiptNumber: orderId,
      orderId,
      tenantId: (await shop.ledger(orderId)).tenantId,
      userId: "user-123",
      lines: order.items,
      total: 109.97,
      currency: "EUR",
      transactionId: (await shop.payment(orderId)).transactionId,
      issuedAt: order.createdAt,
    });
  });

  it("is void when its order fails after it", async () => {
    shop.pipeline.runtime.faults.set({
      seed: 5,
      rates: { failBefore: 1 },
      only: { roles: [roleOf(shop, "ConfirmOrder")] },
    });
    const orderId = await shop.accepted(MICE_AND_A_HUB);
    const order = await shop.final(orderId);

    assert.deepEqual([order.status, order.receiptKey], ["FAILED", undefined]);
    assert.deepEqual(
      [(await shop.receipt(placeOf(order))).status, written.length],
      ["VOID", 2],
      "the receipt was issued, then voided",
    );
    assert.equal((await shop.payment(orderId)).status, "REFUNDED");
  });

  it("does not come back when it arrives long after its order failed", async () => {
    const { faults, clock } = shop.pipeline.runtime;
    // The receipt is on its way for half a minute, while its sender gives up and the order is cancelled.
    faults.set({
      seed: 6,
      rates: { delay: 1 },
      delayMs: [30_000, 30_000],
      only: { roles: [roleOf(shop, "IssueReceipt")], action: "s3:PutObject" },
    });
    const orderId = await shop.accepted(MICE_AND_A_HUB);
    const order = await shop.final(orderId);
    assert.equal(order.status, "FAILED");
    faults.clear();
    await clock.sleep(60_000);
    assert.equal((await shop.receipt(placeOf(order))).status, "VOID");
  });

  it("is issued once when the answer to its first writing is lost", async () => {
    shop.pipeline.runtime.faults.set({
      seed: 7,
      rates: { loseAnswer: 1 },
      only: { roles: [roleOf(shop, "IssueReceipt")], action: "s3:PutObject", times: 1 },
    });
    const order = await shop.final(await shop.accepted(MICE_AND_A_HUB));
    assert.deepEqual([order.status, written.length], ["CONFIRMED", 1]);
    assert.equal((await shop.receipt(order.receiptKey)).status, "ISSUED");
  });
});
