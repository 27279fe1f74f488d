import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { awsConnection } from "../../cli/awsConnection";
import { deadLetters } from "../../cli/deadLetters/command";
import { writeOutputs } from "../../cli/stackOutputs";
import { Shop } from "./shop";

const ONE_KEYBOARD = { userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] };

describe("an order that is late", () => {
  let shop: Shop;
  let events: EventBridgeClient;
  const metrics: { OrdersRequeued?: number }[] = [];
  before(async () => {
    shop = await Shop.open({ speed: 1_000, settings: ["paymentFailurePercent=0", "finalWithinSeconds=60"] });
    events = new EventBridgeClient(awsConnection(shop.outputs));
    shop.pipeline.runtime.feed.on("log", ({ group, message }) => {
      if (group.endsWith("-reconcileOrders") && message.includes('"_aws"')) metrics.push(JSON.parse(message));
    });
  });
  after(async () => {
    events.destroy();
    await shop.close();
  });
  afterEach(() => shop.pipeline.runtime.faults.clear());

  const away = (service: string) => {
    const { faults, clock } = shop.pipeline.runtime;
    return faults.away({ service, fromMs: clock.now(), untilMs: Infinity });
  };
  const rule = () => ({ Name: "orderflow-dev-order-created", EventBusName: shop.outputs.eventBusName });
  const sentSince = (from: number, queue = "orderflow-dev-orders") =>
    shop.messages.slice(from).filter((message) => message.what === "sent" && message.queue === queue).length;

  it("comes to its end though its message was lost, and is counted", async () => {
    await events.send(new DisableRuleCommand(rule()));
    const orderId = await shop.accepted(ONE_KEYBOARD);
    const order = await shop.final(orderId, 60_000);
    await events.send(new EnableRuleCommand(rule()));
    assert.equal(order.status, "CONFIRMED");
    assert.ok(Date.parse(order.updatedAt) - Date.parse(order.createdAt) >= 60_000);
    await shop.until("the count", () => metrics.some(({ OrdersRequeued }) => OrdersRequeued === 1));
  });

  it("is queued again when its age doubles, not at every run", async () => {
    const release = away("states");
    const from = shop.messages.length;
    const orderId = await shop.accepted(ONE_KEYBOARD);
    // Long enough for a run that failed to be repeated, and not for the age of 64 minutes.
    await shop.pipeline.runtime.clock.sleep(40 * 60_000);
    // By its event, and at the ages of 1, 2, 4, 8, 16 and 32 minutes.
    assert.equal(sentSince(from), 7);
    release();
    assert.equal((await shop.final(orderId, 60_000)).status, "CONFIRMED");
  }).timeout(90_000);

  it("leaves a dead letter when it could not be queued, whose replay queues it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "reconciliation-"));
    writeOutputs(join(folder, "outputs.json"), shop.outputs);
    const said: string[] = [];
    const run = (...args: string[]) =>
      deadLetters([...args, "--outputs", join(folder, "outputs.json")], {
        say: (text) => said.push(text),
        complain: (text) => said.push(text),
      });
    await events.send(new DisableRuleCommand(rule()));
    const release = away("sqs");
    const from = shop.messages.length;
    const orderId = await shop.accepted(ONE_KEYBOARD);
    await shop.until("a failed run", () => sentSince(from, "orderflow-dev-reconcile-failures") > 0, 60_000);
    release();
    assert.equal(await run("list", "--queue", "runs"), 0);
    assert.match(said[0] ?? "", /runs +\S+ .* the run of \S+ failed: 1 of 1 orders could not be queued again/);

    assert.equal(await run("replay", "--all", "--queue", "runs"), 0);
    assert.match(said[1] ?? "", /: reconcileOrders ran again for \d{4}-/);
    assert.equal((await shop.final(orderId)).status, "CONFIRMED");
    await events.send(new EnableRuleCommand(rule()));
    rmSync(folder, { recursive: true });
  }).timeout(90_000);
});
