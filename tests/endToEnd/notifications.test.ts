import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { startPipeline } from "../../cli/pipeline";
import type { FeedEvents, Mail } from "../../local/feed";
import { Shop } from "./shop";

type Message = FeedEvents["message"];

/** Messages to customers, as they land in the inbox of a pipeline whose events all come twice, or late, or both. */
describe("notifications", function () {
  this.timeout(120_000);
  let shop: Shop;
  const mails: Mail[] = [];
  const moved: Message[] = [];

  before(async () => {
    shop = await Shop.open({ settings: ["paymentFailurePercent=30", "tenantBurst=1000"], speed: 1000 });
    const { feed } = shop.pipeline.runtime;
    feed.on("mail", (mail) => mails.push(mail));
    feed.on("message", (message) => message.what === "moved" && moved.push(message));
  });
  after(() => shop.close());

  const about = (orderId: string): Mail[] => mails.filter(({ attributes }) => attributes["orderId"] === orderId);

  it("tell a customer once how the order ended, although every event comes twice", async () => {
    shop.pipeline.runtime.faults.set({ seed: 7, rates: { duplicate: 0.6, late: 0.2 } });
    await shop.stocked("SCARCE", 0);
    const wishes = Array.from({ length: 18 }, (_, n) => (n % 6 === 0 ? "SCARCE" : "PROD-001"));
    const orderIds = await Promise.all(
      wishes.map((productId, n) => shop.accepted({ userId: `user-${n}`, items: [{ productId, qty: 1 }] })),
    );
    const orders = await Promise.all(orderIds.map((orderId) => shop.final(orderId, 60_000)));
    shop.pipeline.runtime.faults.clear();
    await shop.until("every order is told of", () => orderIds.every((id) => about(id).length > 0), 60_000);
    await shop.until("the events are all consumed", () => isCalm(shop), 60_000);

    const endings = { CONFIRMED: 0, OUT_OF_STOCK: 0, DECLINED: 0 };
    for (const { orderId, status, failure } of orders) {
      const [mail, ...more] = about(orderId);
      assert.deepEqual([more.length, mail?.body.includes(orderId)], [0, true]);
      const ending = mail?.attributes["ending"] as keyof typeof endings;
      endings[ending] += 1;
      const expected = status === "CONFIRMED" ? "CONFIRMED" : failure.code.replace("PAYMENT_", "");
      assert.equal(ending, expected);
    }
    assert.ok(
      Object.values(endings).every((count) => count > 0),
      JSON.stringify(endings),
    );
  });

  it("that cannot be sent never touch the order, and wait among the dead letters of their own", async () => {
    const { runtime } = shop.pipeline;
    const now = runtime.clock.now();
    runtime.faults.away({ service: "sns", fromMs: now, untilMs: now + 3 * 3_600_000 });
    const orderId = await shop.accepted({ userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] });
    const { status } = await shop.final(orderId);
    assert.ok(["CONFIRMED", "FAILED"].includes(status));
    await shop.until(
      "the event is a dead letter",
      () => moved.some(({ to }) => /notify-customer-dead/.test(to ?? "")),
      90_000,
    );
    assert.deepEqual(about(orderId), []);
    assert.equal((await shop.final(orderId)).status, status);
  });
});

describe("notifications by mail", function () {
  this.timeout(60_000);

  it("go to the customer's own address, from the shop's", async () => {
    const pipeline = await startPipeline({
      settings: ["paymentFailurePercent=0", "notificationSender=shop@shop.example"],
    });
    try {
      const mail = new Promise<Mail>((resolve) => pipeline.runtime.feed.on("mail", resolve));
      await fetch(`${pipeline.outputs.apiUrl}/orders`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": pipeline.outputs.apiKeys["acme"] ?? "" },
        body: JSON.stringify({
          ...{ userId: "user-1", customerEmail: "ada@customers.example" },
          items: [{ productId: "PROD-001", qty: 2 }],
        }),
      });
      const { to, from, subject } = await mail;
      assert.deepEqual([to, from], ["ada@customers.example", "shop@shop.example"]);
      assert.match(subject, /^Your order is confirmed/);
    } finally {
      await pipeline.stop();
    }
  });
});

/** Whether nobody was notified for a while: everything that was on its way has arrived. */
async function isCalm({ invocations }: Shop): Promise<boolean> {
  const notified = (): number =>
    invocations.filter(({ functionName }) => functionName.endsWith("-notifyCustomer")).length;
  const before = notified();
  await new Promise((resolve) => setTimeout(resolve, 700));
  return notified() === before;
}
