import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { awsConnection } from "../../cli/awsConnection";
import { FunctionCalls } from "../../cli/deadLetters/functionCalls";
import { ledger } from "../../cli/ledger/command";
import { writeOutputs } from "../../cli/stackOutputs";
import { Shop } from "./shop";

const order = (productId: string, qty: number) => ({ userId: "user-1", items: [{ productId, qty }] });

describe("the ledger", () => {
  let shop: Shop;
  let folder: string;
  before(async function () {
    this.timeout(180_000);
    shop = await Shop.open({ settings: ["paymentFailurePercent=0", "ledger=true"] });
    folder = mkdtempSync(join(tmpdir(), "ledger-"));
    writeOutputs(join(folder, "outputs.json"), shop.outputs);
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await shop.close();
  });

  const report = async (groupBy: string, key = "acme") => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const path = `/reports/orders?from=${day(-1)}&to=${day(2)}&groupBy=${groupBy}`;
    const { status, body } = await shop.request("GET", path, undefined, {
      "x-api-key": shop.outputs.apiKeys[key] ?? "",
    });
    assert.equal(status, 200, JSON.stringify(body));
    return body.groups;
  };
  const entries = async () => {
    const lambda = new LambdaClient(awsConnection(shop.outputs));
    const page: any = await new FunctionCalls(lambda).call(String(shop.outputs["ledgerListFunctionName"]), "{}");
    lambda.destroy();
    return page.entries;
  };

  it("has one row an order, in its final state, though every event comes twice and out of order", async () => {
    await shop.stocked("SOLD-OUT", 0);
    const ids = await Promise.all(
      [order("PROD-001", 2), order("PROD-001", 1), order("SOLD-OUT", 1)].map((one) => shop.accepted(one)),
    );
    await Promise.all(ids.map((id) => shop.final(id, 60_000)));
    await replay(shop, ids);

    const { code, said } = await verify(folder, 40);
    assert.equal(code, 0, said);
    assert.match(said, /^The ledger agrees with the orders table: 3 orders\./);
    assert.match(said, /CONFIRMED +2 orders, 8997 in minor units/);
    const states = await Promise.all(ids.map(async (id) => shop.ledger(id)));
    const expected = states.map(({ orderId, version, status, amountMinor }) => [orderId, version, status, amountMinor]);
    assert.deepEqual(await entries(), expected.sort());
  }).timeout(120_000);

  it("is reported to its own tenant, by day, month and product", async () => {
    const [day] = await report("day");
    assert.deepEqual([day.orders, day.confirmed, day.failed, day.units, day.revenue], [3, 2, 1, 3, 89.97]);
    const months = await report("month");
    assert.equal(
      months.reduce((sum: number, { revenue }: any) => sum + revenue, 0),
      89.97,
    );
    const products = await report("product");
    assert.deepEqual(
      products.map(({ group, units, revenue }: any) => [group, units, revenue]),
      [
        ["PROD-001", 3, 89.97],
        ["SOLD-OUT", 0, 0],
      ],
    );
    assert.deepEqual(await report("day", "globex"), []);
  });

  it("refuses a report that makes no sense", async () => {
    const { status, body } = await shop.request("GET", "/reports/orders?from=2026-03-01&to=2026-02-01");
    assert.deepEqual(
      [status, body.errors],
      [400, [{ pointer: "/query/to", detail: "Expected a later day than from" }]],
    );
  });

  it("differs from orders that it was not told of", async () => {
    const [orderId] = (await entries())[0];
    // An event that is still on its way would tell the ledger.
    await shop.until("every event is told", async () => (await untold(shop)) === 0);
    await setVersion(shop, orderId, 99);
    const { code, said } = await verify(folder, 0);
    assert.equal(code, 1);
    assert.match(said, new RegExp(`${orderId} +behind: version \\d+, .* in place of version 99`));
  });
});

/** Sends an order's events to the bus again, the last one first. */
async function replay(shop: Shop, ids: readonly string[]): Promise<void> {
  const bus = new EventBridgeClient(awsConnection(shop.outputs));
  const events = ids.flatMap((id) => shop.eventsOf(id)).reverse();
  for (let at = 0; at < events.length; at += 10) {
    const Entries = events.slice(at, at + 10).map((event) => ({
      ...{ EventBusName: shop.outputs.eventBusName, Source: event.source, DetailType: event["detail-type"] },
      Detail: JSON.stringify(event.detail),
    }));
    await bus.send(new PutEventsCommand({ Entries }));
  }
  bus.destroy();
}

/** How many events wait for the ledger, or are on their way into it. */
async function untold({ outputs }: Shop): Promise<number> {
  const queues = new SQSClient(awsConnection(outputs));
  const query = new GetQueueAttributesCommand({ QueueUrl: String(outputs["ledgerQueueUrl"]), AttributeNames: ["All"] });
  const Attributes: Record<string, string> = (await queues.send(query)).Attributes ?? {};
  queues.destroy();
  const counts = ["", "NotVisible", "Delayed"].map((part) => Number(Attributes[`ApproximateNumberOfMessages${part}`]));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Behind everybody's back: a change of the version alone is no event. */
async function setVersion(shop: Shop, orderId: string, version: number): Promise<void> {
  const client = new DynamoDBClient(awsConnection(shop.outputs));
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: shop.outputs.ordersTable,
      Key: { orderId },
      UpdateExpression: "SET #version = :version",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: { ":version": version },
    }),
  );
  client.destroy();
}

/** `npm run ledger -- verify`. */
async function verify(folder: string, withinSeconds: number): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const terminal = { say: (text: string) => said.push(text), complain: (text: string) => said.push(text) };
  const outputs = join(folder, "outputs.json");
  const code = await ledger(["verify", "--outputs", outputs, "--within", String(withinSeconds)], terminal);
  return { code, said: said.join("\n") };
}
