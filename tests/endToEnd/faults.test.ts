import assert from "node:assert/strict";
import { Shop } from "./shop";

const ONE_KEYBOARD = { userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] };

/** A shop whose clock runs fast while everything waits, so that half a minute of trouble takes no half minute. */
async function withShop(act: (shop: Shop) => Promise<void>): Promise<void> {
  const shop = await Shop.open({ speed: 300 });
  try {
    await act(shop);
  } finally {
    await shop.close();
  }
}

describe("an order on a bad day", () => {
  it("is refunded exactly once when its charge was made, the answer was lost, and the order then fails", () =>
    withShop(async (shop) => {
      const { faults, resources } = shop.pipeline.runtime;
      // Every answer to ProcessPayment's calls is lost: the charge is captured, and nobody hears of it.
      faults.set({
        seed: 1,
        rates: { loseAnswer: 1 },
        only: { roles: [roleOf(resources, "ProcessPayment")], action: "dynamodb:UpdateItem" },
      });
      const orderId = await shop.accepted(ONE_KEYBOARD);
      const order = await shop.final(orderId);

      assert.equal(order.status, "FAILED");
      assert.equal(order.failure.code, "TECHNICAL_FAULT");
      const payment = await shop.payment(orderId);
      assert.deepEqual([payment.status, payment.captures, payment.refunds], ["REFUNDED", 1, 1]);
      assert.equal(await shop.stock("PROD-002"), 300);
      await shop.until("PaymentRefunded", () => shop.eventsOf(orderId).some((e) => e["detail-type"] === "OrderFailed"));
      const refunds = shop.eventsOf(orderId).filter((event) => event["detail-type"] === "PaymentRefunded");
      assert.equal(refunds.length, 1);
    }));

  it("refuses a charge that arrives after the refund", () =>
    withShop(async (shop) => {
      const { faults, resources } = shop.pipeline.runtime;
      // The charge is on its way for seconds, while its caller gives up and the order is cancelled and voided.
      faults.set({
        seed: 2,
        rates: { delay: 1 },
        delayMs: [30_000, 30_000],
        only: { roles: [roleOf(resources, "ProcessPayment")], action: "dynamodb:UpdateItem" },
      });
      const orderId = await shop.accepted(ONE_KEYBOARD);
      const order = await shop.final(orderId);
      assert.equal(order.status, "FAILED");
      faults.clear();
      await shop.pipeline.runtime.clock.sleep(60_000);

      const payment = await shop.payment(orderId);
      assert.equal(payment.status, "VOIDED");
      assert.equal(payment.captures ?? 0, 0);
      assert.equal(await shop.stock("PROD-002"), 300);
    }));

  it("comes right when its worker is killed between the stock transaction and the answer", () =>
    withShop(async (shop) => {
      const { faults, resources } = shop.pipeline.runtime;
      faults.set({
        seed: 3,
        rates: { killWorker: 1 },
        only: { roles: [roleOf(resources, "ReserveInventory")], moment: "after", times: 1 },
      });
      const orderId = await shop.accepted(ONE_KEYBOARD);
      const order = await shop.final(orderId);
      assert.equal(order.status, "CONFIRMED");
      assert.equal(await shop.stock("PROD-002"), 299);
      assert.equal(shop.invocations.filter(({ error }) => error?.errorType === "Runtime.ExitError").length, 1);
    }));

  for (const service of ["events", "sqs", "dynamodb"]) {
    it(`is never lost when ${service} is away for 30 s in the middle of a hundred`, () =>
      withShop(async (shop) => {
        const { faults, clock } = shop.pipeline.runtime;
        const accepted: string[] = [];
        const refused: number[] = [];
        const place = async (count: number): Promise<void> => {
          for (let placed = 0; placed < count; placed += 1) {
            const { status, body, headers } = await shop.place(ONE_KEYBOARD);
            if (status === 201) accepted.push(body.orderId);
            else {
              refused.push(status);
              assert.ok(
                Number(headers.get("retry-after")) >= 1,
                `${status} ${JSON.stringify(body)} says when to try again`,
              );
            }
          }
        };
        await place(40);
        faults.away({ service, fromMs: clock.now(), untilMs: clock.now() + 30_000 });
        await place(20);
        await clock.sleep(30_000);
        await place(40);

        assert.deepEqual([...new Set(refused)], service === "dynamodb" ? [503] : []);
        const orders = await Promise.all(accepted.map((id) => shop.final(id, 40_000)));
        assert.deepEqual([...new Set(orders.map(({ status }) => status))], ["CONFIRMED"]);
        assert.equal(await shop.stock("PROD-002"), 300 - accepted.length);
      })).timeout(90_000);
  }

  it("ends with stock and money right after an undo that failed for an hour, without anybody touching it", () =>
    withShop(async (shop) => {
      const { faults, clock, resources } = shop.pipeline.runtime;
      const confirm = roleOf(resources, "ConfirmOrder");
      const refund = roleOf(resources, "RefundPayment");
      faults.set({ seed: 4, rates: { failBefore: 1 }, only: { roles: [confirm, refund] } });
      const orderId = await shop.accepted(ONE_KEYBOARD);
      await shop.until("the way back is open", async () => (await shop.ledger(orderId)).stage === "CANCELLING");
      await clock.sleep(3_600_000);
      assert.equal((await shop.ledger(orderId)).stage, "CANCELLING");
      faults.clear();

      const order = await shop.final(orderId, 60_000);
      assert.equal(order.status, "FAILED");
      assert.equal((await shop.payment(orderId)).status, "REFUNDED");
      assert.equal(await shop.stock("PROD-002"), 300);
    })).timeout(120_000);
});

function roleOf(resources: Shop["pipeline"]["runtime"]["resources"], service: string): string {
  const found = resources.find(
    ({ type, outputs }) => type === "aws:lambda/function:Function" && String(outputs["name"]).endsWith(`-${service}`),
  );
  return String(found?.inputs["role"]);
}
