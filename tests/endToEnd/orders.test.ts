import assert from "node:assert/strict";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { SFNClient, StartExecutionCommand, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import { awsConnection } from "../../cli/awsConnection";
import { Shop } from "./shop";

const MICE_AND_A_HUB = {
  userId: "user-123",
  items: [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ],
  totalAmount: 109.97,
};

/** The attempts that were repeated for what was answered. One that took too long, on a busy machine, had no answer. */
function refused(shop: Shop): Shop["executions"] {
  const isRefused = (detail: unknown): boolean => (detail as { readonly error: string }).error !== "States.Timeout";
  return shop.executions.filter(({ what, detail }) => what === "retried" && isRefused(detail));
}

describe("an order", () => {
  let shop: Shop;
  before(async () => {
    shop = await Shop.open();
  });
  after(() => shop.close());

  it("is accepted, confirmed, charged once, and its stock is gone", async () => {
    const { status, body, headers } = await shop.place(MICE_AND_A_HUB);
    assert.equal(status, 201);
    assert.equal(headers.get("location"), `/orders/${body.orderId}`);
    assert.deepEqual([body.status, body.totalAmount, body.currency], ["PENDING", 109.97, "EUR"]);

    const order = await shop.final(body.orderId);
    assert.equal(order.status, "CONFIRMED");
    assert.deepEqual([await shop.stock("PROD-001"), await shop.stock("PROD-003")], [498, 199]);
    assert.equal((await shop.payment(body.orderId)).status, "CAPTURED");
    const types = (): string[] => shop.eventsOf(body.orderId).map((event) => event["detail-type"]);
    await shop.until("OrderPlaced", () => types().includes("OrderPlaced"));
    assert.deepEqual(types(), ["OrderCreated", "InventoryReserved", "PaymentProcessed", "OrderPlaced"]);
  });

  it("is shown to its tenant only", async () => {
    const orderId = await shop.accepted(MICE_AND_A_HUB);
    const foreign = { "x-api-key": shop.outputs.apiKeys["globex"] ?? "" };
    assert.equal((await shop.request("GET", `/orders/${orderId}`, undefined, foreign)).status, 404);
    await shop.final(orderId);
  });

  it("sells no more than there is: of 60 at once for 25 units, 25 are confirmed and 35 fail without a retry", async () => {
    await shop.stocked("PROD-900", 25);
    const order = { userId: "crowd", items: [{ productId: "PROD-900", qty: 1 }] };
    const ids = await Promise.all(Array.from({ length: 60 }, () => shop.accepted(order)));
    const orders = await Promise.all(ids.map((id) => shop.final(id)));

    assert.equal(orders.filter(({ status }) => status === "CONFIRMED").length, 25);
    const failed = orders.filter(({ status }) => status === "FAILED");
    assert.deepEqual([...new Set(failed.map(({ failure }) => failure.code))], ["OUT_OF_STOCK"]);
    assert.equal(failed.length, 35);
    assert.equal(await shop.stock("PROD-900"), 0);
    const failedIds = new Set(failed.map(({ orderId }) => orderId));
    assert.deepEqual(
      refused(shop).filter(({ name }) => [...failedIds].some((id) => name.includes(id))),
      [],
    );
  });

  it("that is delivered twice and whose execution is started twice at once has one effect", async () => {
    await shop.stocked("PROD-901", 10);
    const orderId = await shop.accepted({ userId: "twice", items: [{ productId: "PROD-901", qty: 3 }] });
    await shop.until("OrderCreated", () => shop.eventsOf(orderId).length > 0);
    const { detail } = shop.eventsOf(orderId)[0] ?? assert.fail();
    const body = JSON.stringify(detail);
    const sqs = new SQSClient(awsConnection(shop.outputs));
    const sfn = new SFNClient({ ...awsConnection(shop.outputs), disableHostPrefix: true });
    const queue = { QueueUrl: shop.outputs.orderQueueUrl, MessageBody: body };
    const execution = { stateMachineArn: shop.outputs.stateMachineArn, name: "the-same-name", input: body };
    const [first, second] = await Promise.all([
      sfn.send(new StartSyncExecutionCommand(execution)),
      sfn.send(new StartSyncExecutionCommand(execution)),
      sfn.send(new StartExecutionCommand(execution)),
      sqs.send(new SendMessageCommand(queue)),
      sqs.send(new SendMessageCommand(queue)),
    ]);
    assert.deepEqual([first.status, second.status], ["SUCCEEDED", "SUCCEEDED"]);

    const order = await shop.final(orderId);
    assert.equal(order.status, "CONFIRMED");
    await shop.until("all copies are done with", async () => {
      const attributes = new GetQueueAttributesCommand({ QueueUrl: queue.QueueUrl, AttributeNames: ["All"] });
      const { Attributes } = await sqs.send(attributes);
      return (
        Attributes?.["ApproximateNumberOfMessages"] === "0" &&
        Attributes["ApproximateNumberOfMessagesNotVisible"] === "0"
      );
    });
    assert.equal(await shop.stock("PROD-901"), 7);
    assert.equal((await shop.payment(orderId)).captures, 1);
    const placed = shop.eventsOf(orderId).filter((event) => event["detail-type"] === "OrderPlaced");
    assert.equal(new Set(placed.map((event) => (event.detail as any).eventId)).size, 1);
    sqs.destroy();
    sfn.destroy();
  });

  it("is refused before any function runs when it is no JSON object or its caller is unknown", async () => {
    const refused = async (body: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
      const answer = await shop.request("POST", "/orders", body, headers);
      assert.equal(answer.headers.get("content-type"), "application/problem+json", body);
      assert.equal(answer.headers.get("x-correlation-id"), answer.body.correlationId, body);
      return [answer.status, answer.body.title];
    };
    const invoked = await shop.invokedBy(async () => {
      assert.equal((await refused('{"userId":'))[0], 400);
      assert.equal((await refused("[]"))[0], 400);
      assert.equal((await refused(JSON.stringify(MICE_AND_A_HUB), { "x-api-key": "" }))[0], 403);
      assert.equal((await refused(JSON.stringify(MICE_AND_A_HUB), { "x-api-key": "nobody" }))[0], 403);
    });
    assert.deepEqual(invoked, []);
  });

  it("costs what the catalogue says, whatever price the client sends, and a wrong total is told the right one", async () => {
    const cheap = MICE_AND_A_HUB.items.map((item) => ({ ...item, price: 0.01, unitPrice: 0.01 }));
    const { body } = await shop.place({ ...MICE_AND_A_HUB, items: cheap, price: 0.01 });
    const { items, price } = await shop.ledger(body.orderId);
    assert.deepEqual(
      [body.totalAmount, items[0].unitPriceMinor, items[0].price, price],
      [109.97, 2999, undefined, undefined],
    );
    const wrong = await shop.place({ ...MICE_AND_A_HUB, totalAmount: 0.1 + 0.2 });
    assert.equal(wrong.status, 422);
    assert.deepEqual(wrong.body.errors, [{ pointer: "/totalAmount", detail: "Expected 109.97" }]);
  });

  it("is refused with a pointer to every mistake in it", async () => {
    const mistakes = JSON.stringify({ items: [{ productId: "PROD-001", qty: 0 }, null] });
    const { status, body } = await shop.request("POST", "/orders", mistakes);
    assert.equal(status, 400);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    assert.deepEqual(pointers.sort(), ["/items/0/qty", "/items/1", "/userId"]);
  });

  it("answers health and preflight requests without a function", async () => {
    const invoked = await shop.invokedBy(async () => {
      assert.equal((await shop.request("GET", "/health", undefined, { "x-api-key": "" })).status, 200);
      const preflight = await fetch(`${shop.outputs.apiUrl}/orders`, { method: "OPTIONS" });
      assert.ok(preflight.headers.get("access-control-allow-origin"));
    });
    assert.deepEqual(invoked, []);
  });
});

describe("an order whose payment is declined", () => {
  let shop: Shop;
  before(async () => {
    shop = await Shop.open({ settings: ["paymentFailurePercent=100"] });
  });
  after(() => shop.close());

  it("fails with a reason, is charged nothing, and gives its stock back, after one attempt", async () => {
    const orderId = await shop.accepted(MICE_AND_A_HUB);
    const order = await shop.final(orderId);
    assert.equal(order.status, "FAILED");
    assert.equal(order.failure.code, "PAYMENT_DECLINED");
    assert.ok(order.failure.reason.length > 0);
    assert.deepEqual([await shop.stock("PROD-001"), await shop.stock("PROD-003")], [500, 200]);
    assert.equal((await shop.payment(orderId)).status, "DECLINED");
    const attempts = shop.executions.filter(({ what, state }) => what === "entered" && state === "ProcessPayment");
    assert.equal(attempts.length, 1);
    assert.deepEqual(refused(shop), []);
  });
});

describe("a message that can never be processed", () => {
  let shop: Shop;
  before(async () => {
    shop = await Shop.open({ speed: 2_000 });
  });
  after(() => shop.close());

  it("goes to the dead-letter queue after maxReceiveCount receives and stays there; its neighbours are not retried", async () => {
    const sqs = new SQSClient(awsConnection(shop.outputs));
    const send = (MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: shop.outputs.orderQueueUrl, MessageBody }));
    const orders = { userId: "neighbour", items: [{ productId: "PROD-002", qty: 1 }] };
    const [poison, ...ids] = await Promise.all([
      send('{"no":"order"}'),
      shop.accepted(orders),
      shop.accepted(orders),
      shop.accepted(orders),
    ]);
    for (const id of ids) assert.equal((await shop.final(id)).status, "CONFIRMED");
    const moved = () => shop.messages.filter(({ what }) => what === "moved");
    await shop.until("the dead letter", () => moved().length > 0);

    assert.deepEqual(
      moved().map(({ messageId, receiveCount }) => [messageId, receiveCount]),
      [[poison.MessageId, 5]],
    );
    const others = shop.messages.filter(({ what, messageId }) => what === "received" && messageId !== poison.MessageId);
    assert.deepEqual([...new Set(others.map(({ receiveCount }) => receiveCount))], [1]);
    const dead = new ReceiveMessageCommand({ QueueUrl: shop.outputs.deadLetterQueueUrl, VisibilityTimeout: 0 });
    assert.equal((await sqs.send(dead)).Messages?.[0]?.Body, '{"no":"order"}');
    sqs.destroy();
  });
});
