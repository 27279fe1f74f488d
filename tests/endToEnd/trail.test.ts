import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { awsConnection } from "../../cli/awsConnection";
import { deadLetters } from "../../cli/deadLetters/command";
import { order as orderCommand } from "../../cli/order/command";
import { writeOutputs } from "../../cli/stackOutputs";
import type { Terminal } from "../../cli/terminal";
import { oldestFirst, type RecordedEvent } from "../../contracts/trail";
import type { FaultKind } from "../../local/faults/faults";
import { walkFaults } from "../../simulation/checkers/walk";
import { Shop } from "./shop";

const HOUR_MS = 3_600_000;
const ONE_KEYBOARD = { userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] };
/** The turntable is sold out. */
const OUT_OF_STOCK = { userId: "user-2", items: [{ productId: "PROD-011", qty: 1 }] };

describe("the audit trail", () => {
  let shop: Shop;
  let sqs: SQSClient;
  let database: DynamoDBDocumentClient;
  const folder = mkdtempSync(join(tmpdir(), "trail-"));
  const outputs = join(folder, "outputs.json");

  before(async () => {
    const settings = ["paymentFailurePercent=30", "finalWithinSeconds=86400"];
    shop = await Shop.open({ speed: 2_000, settings });
    await shop.pipeline.runtime.prewarm();
    writeOutputs(outputs, shop.outputs);
    sqs = new SQSClient(awsConnection(shop.outputs));
    database = DynamoDBDocumentClient.from(new DynamoDBClient(awsConnection(shop.outputs)));
  });
  after(async () => {
    sqs.destroy();
    database.destroy();
    rmSync(folder, { recursive: true });
    await shop.close();
  });
  afterEach(() => shop.pipeline.runtime.faults.clear());

  const trail = async (): Promise<RecordedEvent[]> => {
    const scan = new ScanCommand({ TableName: String(shop.outputs["orderEventsTable"]), ConsistentRead: true });
    return ((await database.send(scan)).Items ?? []) as RecordedEvent[];
  };
  const trailOf = async (orderId: string): Promise<RecordedEvent[]> =>
    oldestFirst((await trail()).filter((event) => event.orderId === orderId));
  const depth = async (output: "trailQueueUrl" | "trailDeadLetterQueueUrl"): Promise<number> => {
    const query = new GetQueueAttributesCommand({ QueueUrl: String(shop.outputs[output]), AttributeNames: ["All"] });
    const attributes: Record<string, string> = (await sqs.send(query)).Attributes ?? {};
    return ["", "NotVisible", "Delayed"].reduce(
      (sum, part) => sum + Number(attributes[`ApproximateNumberOfMessages${part}`]),
      0,
    );
  };
  /** Waits until everything that was on the bus is in the trail, and nothing is on its way. */
  const caughtUp = () => {
    const ours = () => shop.events.filter(({ source }) => source === "ordering-system");
    const published = () => new Set(ours().map(({ detail }) => (detail as { eventId: string }).eventId));
    const settled = async () => (await depth("trailQueueUrl")) === 0 && (await trail()).length === published().size;
    return shop.until("the trail has caught up", settled, 60_000);
  };
  /** Lets the recorder's writes go wrong, each of them. */
  const troubled = (kind: FaultKind): void => {
    const { resources, faults } = shop.pipeline.runtime;
    const recorder = resources.find(({ name }) => name === "trail-consume-function");
    const only = { roles: [String(recorder?.inputs["role"])], action: "dynamodb:BatchExecuteStatement" };
    faults.set({ seed: 1, rates: { [kind]: 1 }, only });
  };
  const ofQueue = (what: "sent" | "moved", name: string): number =>
    shop.messages.filter((message) => message.what === what && message.queue.endsWith(name)).length;
  /** Runs a command as somebody would who types it. */
  const run = async (command: (args: string[], terminal: Terminal) => Promise<number>, ...args: string[]) => {
    const [said, complained]: [string[], string[]] = [[], []];
    const terminal = { say: (text: string) => said.push(text), complain: (text: string) => complained.push(text) };
    const code = await command([...args, "--outputs", outputs], terminal);
    return { code, said: said.join("\n"), complained: complained.join("\n") };
  };

  it("has exactly the legal events of every order, though most are delivered twice or late", async () => {
    const { faults } = shop.pipeline.runtime;
    faults.set({ seed: 3, rates: { duplicate: 0.6, late: 0.4 } });
    const ids = await Promise.all([...Array(9)].map((_, at) => shop.accepted(at % 3 ? ONE_KEYBOARD : OUT_OF_STOCK)));
    const orders = await Promise.all(ids.map((id) => shop.final(id, 60_000)));
    assert.deepEqual(new Set(orders.map(({ status }) => status)), new Set(["CONFIRMED", "FAILED"]));
    await caughtUp();

    const events = await trail();
    assert.ok(ofQueue("sent", "record-event") > events.length * 1.3, "deliveries were doubled");
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, events.length);
    for (const orderId of ids) {
      assert.deepEqual(walkFaults(await shop.ledger(orderId), await trailOf(orderId)), [], orderId);
      for (const { type, detail } of await trailOf(orderId)) {
        const published = shop.eventsOf(orderId).find((event) => event["detail-type"] === type);
        assert.deepEqual(detail, published?.detail);
      }
    }
  });

  it("is told to the order's tenant over HTTP, oldest first, and to nobody else", async () => {
    const orderId = await shop.accepted(ONE_KEYBOARD);
    await shop.final(orderId);
    await caughtUp();
    const { status, body } = await shop.request("GET", `/orders/${orderId}/events`);
    assert.equal(status, 200);
    assert.equal(body.orderId, orderId);
    const recorded = await trailOf(orderId);
    assert.deepEqual(
      body.events,
      recorded.map(({ eventId, type, occurredAt, version, detail }) => ({
        eventId,
        type,
        occurredAt,
        version,
        detail,
      })),
    );
    assert.equal(body.events[0].type, "OrderCreated");
    const foreign = { "x-api-key": shop.outputs.apiKeys["globex"] ?? "" };
    assert.equal((await shop.request("GET", `/orders/${orderId}/events`, undefined, foreign)).status, 404);
    assert.equal((await shop.request("GET", "/orders/nobody/events")).status, 404);
  });

  it("misses nothing of an hour in which the recorder could not write", async () => {
    const { clock } = shop.pipeline.runtime;
    const before = (await trail()).length;
    troubled("failBefore");
    const sinceMs = clock.now();
    const ids = await Promise.all([1, 2, 3].map(() => shop.accepted(ONE_KEYBOARD)));
    await Promise.all(ids.map((id) => shop.final(id)));
    await shop.until("an hour is over", () => clock.now() - sinceMs > HOUR_MS, 60_000);
    assert.equal((await trail()).length, before, "nothing could be written");
    shop.pipeline.runtime.faults.clear();
    await caughtUp();
    for (const id of ids) assert.deepEqual(walkFaults(await shop.ledger(id), await trailOf(id)), []);
    assert.equal(await depth("trailDeadLetterQueueUrl"), 0);
  });

  it("has an event once whose writing took effect though nobody heard of it", async () => {
    troubled("loseAnswer");
    const orderId = await shop.accepted(ONE_KEYBOARD);
    await shop.final(orderId);
    await shop.until("the writes are made", async () => (await trailOf(orderId)).length >= 4);
    shop.pipeline.runtime.faults.clear();
    await caughtUp();
    assert.deepEqual(walkFaults(await shop.ledger(orderId), await trailOf(orderId)), []);
  });

  it("keeps the first of two events under one id, and the other among the dead letters", async () => {
    const [first] = await trail();
    const event = {
      source: "ordering-system",
      "detail-type": first!.type,
      detail: { ...first!.detail, userId: "forged" },
    };
    const send = new SendMessageCommand({
      QueueUrl: String(shop.outputs["trailQueueUrl"]),
      MessageBody: JSON.stringify(event),
    });
    await sqs.send(send);
    await shop.until(
      "the forged event is given up",
      async () => (await depth("trailDeadLetterQueueUrl")) === 1,
      60_000,
    );
    assert.deepEqual(
      (await trail()).find(({ eventId }) => eventId === first!.eventId),
      first,
    );

    const listed = await run(deadLetters, "list", "--queue", "trail", "--json");
    const [letter] = JSON.parse(listed.said).entries;
    assert.deepEqual([letter.queue, letter.orderId], ["trail", first!.orderId]);
    assert.match(letter.reason, /was not taken in by trail/);
    const shown = await run(deadLetters, "show", letter.id);
    assert.match(shown.said, /"userId": "forged"/);
  });

  it("is completed by a replay of what was given up after a longer outage", async () => {
    troubled("failBefore");
    const orderId = await shop.accepted(ONE_KEYBOARD);
    await shop.final(orderId);
    const ended = (): boolean =>
      shop.eventsOf(orderId).some((event) => ["OrderPlaced", "OrderFailed"].includes(event["detail-type"]));
    await shop.until("its last event is published", ended);
    const given = shop.eventsOf(orderId).length;
    await shop.until(
      "its events are given up",
      async () => (await depth("trailDeadLetterQueueUrl")) >= 1 + given,
      60_000,
    );
    shop.pipeline.runtime.faults.clear();
    const { code, said } = await run(deadLetters, "replay", "--all", "--queue", "trail");
    assert.deepEqual([code, said], [0, `${1 + given} messages were moved to the queue of trail`]);
    await shop.until("the trail is complete", async () => (await trailOf(orderId)).length === given, 60_000);
    assert.deepEqual(walkFaults(await shop.ledger(orderId), await trailOf(orderId)), []);
  });

  describe("under npm run order", () => {
    it("shows what happened to an order", async () => {
      const orderId = await shop.accepted(OUT_OF_STOCK);
      await shop.final(orderId);
      await shop.until("its trail is complete", async () => (await trailOf(orderId)).length === 3);
      const { code, said } = await run(orderCommand, orderId);
      assert.equal(code, 0);
      assert.match(said, /status +FAILED\n/);
      assert.match(said, /accepted .*\n.* out of stock .*\n.* failed +OUT_OF_STOCK in ReserveInventory/);
      const { steps, totals } = JSON.parse((await run(orderCommand, orderId, "--json")).said);
      assert.deepEqual([steps.length, totals.events, totals.charged], [3, 3, 0]);
    });

    it("says the same as the table, of every order", async () => {
      const { code, said, complained } = await run(orderCommand, "--all", "--rebuild");
      assert.equal(complained, "");
      assert.match(said, /^(\d+) orders: \1 as their trail says, 0 under way, 0 not as their trail says\.$/);
      assert.equal(code, 0);
    });

    it("says where an order was changed behind its back, and where an event is missing", async () => {
      const [orderId, other] = await Promise.all([1, 2].map(() => shop.accepted(OUT_OF_STOCK)));
      await Promise.all([orderId, other].map((id) => shop.final(id!)));
      await shop.until(
        "the trails are complete",
        async () => (await trailOf(orderId!)).length + (await trailOf(other!)).length === 6,
      );
      await database.send(
        new UpdateCommand({
          TableName: shop.outputs.ordersTable,
          Key: { orderId },
          UpdateExpression: "SET amountMinor = :less",
          ExpressionAttributeValues: { ":less": 1 },
        }),
      );
      const [, failedBy] = await trailOf(other!);
      const Key = { orderId: other, eventId: failedBy!.eventId };
      const TableName = String(shop.outputs["orderEventsTable"]);
      // The table lets nobody delete, so this is somebody who took its policy off first.
      const policy = shop.pipeline.runtime.resources.find(
        ({ type, inputs }) =>
          type === "aws:dynamodb/resourcePolicy:ResourcePolicy" &&
          String(inputs["resourceArn"]).endsWith(`/${TableName}`),
      )!;
      const tableArn = String(policy.inputs["resourceArn"]);
      shop.pipeline.runtime.iam.putResourcePolicy(tableArn);
      await database.send(new DeleteCommand({ TableName, Key }));
      shop.pipeline.runtime.iam.putResourcePolicy(tableArn, String(policy.inputs["policy"]));

      const changed = await run(orderCommand, orderId!, "--rebuild");
      assert.deepEqual(
        [changed.code, changed.said.split("\n")[1]],
        [1, "  amountMinor: 34900 in the trail, 1 in the table"],
      );
      const all = await run(orderCommand, "--all", "--rebuild");
      assert.equal(all.code, 1);
      assert.match(all.said, /versions without an event: \[2\] in the trail, \[\] in the table/);
      assert.match(all.said, /, 2 not as their trail says\.$/);
    });

    it("tells what the trail knows of an order that somebody removed", async () => {
      const orderId = await shop.accepted(OUT_OF_STOCK);
      await shop.final(orderId);
      await shop.until("its trail is complete", async () => (await trailOf(orderId)).length === 3);
      await database.send(new DeleteCommand({ TableName: shop.outputs.ordersTable, Key: { orderId } }));
      const { code, said, complained } = await run(orderCommand, orderId);
      assert.equal(code, 1);
      assert.match(complained, /The table has no order .* but the trail has 3 events of it: somebody removed it/);
      assert.match(said, /out of stock/);
    });

    it("knows no order that never was, and says what it takes", async () => {
      const unknown = await run(orderCommand, "nobody");
      assert.deepEqual([unknown.code, unknown.said], [1, ""]);
      assert.match(unknown.complained, /^There is no order nobody\./);
      assert.equal((await run(orderCommand)).code, 2);
      const away = await run(
        (args, terminal) => orderCommand([...args, "--outputs", "/nowhere/o.json"], terminal),
        "x",
      );
      assert.equal(away.code, 1);
      assert.match(away.complained, /\/nowhere\/o\.json does not exist\. Start the pipeline/);
    });
  });
});
