import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { awsConnection } from "../../cli/awsConnection";
import { deadLetters } from "../../cli/deadLetters/command";
import type { Entry } from "../../cli/deadLetters/list";
import { writeOutputs } from "../../cli/stackOutputs";
import { Shop } from "./shop";

const ONE_KEYBOARD = { userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] };
/** The reconciler stays out of the way: what comes right here, an operator's hand put right. */
const SETTINGS = ["paymentFailurePercent=0", "finalWithinSeconds=86400"];

const URLS = {
  orders: "deadLetterQueueUrl",
  relay: "relayFailureQueueUrl",
  events: "undeliveredEventsQueueUrl",
  runs: "reconcileFailureQueueUrl",
} as const;

describe("npm run dead-letters", () => {
  let shop: Shop;
  let sqs: SQSClient;
  const folder = mkdtempSync(join(tmpdir(), "dead-letters-"));
  const outputs = join(folder, "outputs.json");
  before(async () => {
    shop = await Shop.open({ speed: 2_000, settings: SETTINGS });
    writeOutputs(outputs, shop.outputs);
    sqs = new SQSClient(awsConnection(shop.outputs));
  });
  after(async () => {
    sqs.destroy();
    rmSync(folder, { recursive: true });
    await shop.close();
  });
  afterEach(() => shop.pipeline.runtime.faults.clear());

  const run = async (...args: string[]) => {
    const said: string[] = [];
    const complained: string[] = [];
    const code = await deadLetters([...args, "--outputs", outputs], {
      say: (text) => said.push(text),
      complain: (text) => complained.push(text),
    });
    return { code, said: said.join("\n"), complained: complained.join("\n") };
  };
  const listed = async (...args: string[]): Promise<Entry[]> => {
    const { code, said, complained } = await run("list", "--json", ...args);
    assert.equal(code, 0, complained);
    return JSON.parse(said).entries;
  };
  const away = (service: string) => {
    const { faults, clock } = shop.pipeline.runtime;
    return faults.away({ service, fromMs: clock.now(), untilMs: Infinity });
  };
  /** Waits until so many letters lie in a queue. */
  const fallen = async (queue: keyof typeof URLS, count: number): Promise<Entry[]> => {
    const QueueUrl = String(shop.outputs[URLS[queue]]);
    const visible = "ApproximateNumberOfMessages";
    const depth = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [visible] });
    const there = async () => Number((await sqs.send(depth)).Attributes?.[visible]) >= count;
    await shop.until(`${count} dead letters of ${queue}`, there, 60_000);
    return listed("--queue", queue);
  };
  const moved = () => shop.messages.filter(({ what }) => what === "moved").length;

  it("says that there is nothing", async () => {
    assert.deepEqual(await run("list"), { code: 0, said: "No dead letters.", complained: "" });
    assert.deepEqual(await run("replay", "--all", "--queue", "relay"), {
      code: 0,
      said: "No dead letters.",
      complained: "",
    });
  });

  it("lists and shows a message that can never be processed, which comes back after a replay", async () => {
    const send = new SendMessageCommand({ QueueUrl: shop.outputs.orderQueueUrl, MessageBody: '{"no":"order"}' });
    const { MessageId = "" } = await sqs.send(send);
    const [letter] = await fallen("orders", 1);
    assert.equal(letter?.id, MessageId);
    assert.match(letter?.reason ?? "", /^is no order/);
    const { said } = await run("list");
    assert.match(said, /^QUEUE +ID +AGE +RECEIVES +ORDER +REASON\norders +\S+ +.* +- +is no order/);
    const shown = await run("show", MessageId);
    assert.equal(shown.code, 0, shown.complained);
    assert.match(shown.said, new RegExp(`^${MessageId}, in the queue orders: is no order[^]*"no": "order"`));

    const before = moved();
    assert.deepEqual((await run("replay", MessageId)).code, 0);
    await shop.until("the poison is back", () => moved() > before);
    const [back] = await fallen("orders", 1);
    assert.notEqual(back?.id, MessageId);
  });

  it("can look twice at once: nothing stays hidden", async () => {
    const [first] = await listed("--queue", "orders");
    const [second] = await listed("--queue", "orders");
    assert.equal(second?.id, first?.id);
    assert.ok(second!.receives > first!.receives);
  });

  it("carries an order to its end whose processing failed until nobody tried any more, by its id", async () => {
    const release = away("states");
    const orderId = await shop.accepted(ONE_KEYBOARD);
    const letters = await fallen("orders", 2);
    const letter = letters.find((entry) => entry.orderId === orderId);
    assert.equal(letter?.reason, "stuck at RECEIVED");
    const { said } = await run("show", letter.id);
    assert.match(said, /The order in the table[^]*"stage": "RECEIVED"/);
    release();

    assert.deepEqual(await run("replay", letter.id), {
      code: 0,
      said: `${letter.id} is in the order queue again`,
      complained: "",
    });
    assert.equal((await shop.final(orderId)).status, "CONFIRMED");
    assert.ok(!(await listed()).some(({ id }) => id === letter.id));
  });

  it("carries all of them to their end at once", async () => {
    const release = away("states");
    const ids = await Promise.all([1, 2, 3].map(() => shop.accepted(ONE_KEYBOARD)));
    await fallen("orders", 4);
    release();
    const { code, said } = await run("replay", "--all");
    assert.deepEqual([code, said], [0, "4 messages were moved to the order queue"]);
    for (const id of ids) assert.equal((await shop.final(id)).status, "CONFIRMED");
  });

  it("delivers an event to the target that it did not reach, in the form that the rule gives it", async () => {
    const limit = (MaximumMessageSize: string) =>
      sqs.send(
        new SetQueueAttributesCommand({ QueueUrl: shop.outputs.orderQueueUrl, Attributes: { MaximumMessageSize } }),
      );
    await limit("1024");
    const items = Array.from({ length: 30 }, (_, n) => ({ productId: `PROD-5${n}`, qty: 1 }));
    for (const { productId } of items) await shop.stocked(productId, 10);
    const orderId = await shop.accepted({ userId: "large", items });
    const [letter] = await fallen("events", 1);
    assert.equal(letter?.orderId, orderId);
    assert.match(letter.reason, /^OrderCreated did not reach orderflow-dev-orders: SDK_CLIENT_ERROR/);
    assert.equal((await run("replay", letter.id)).code, 1, "the queue still refuses it");
    assert.equal((await listed("--queue", "events")).length, 1);
    await limit("1048576");

    const { code, said } = await run("replay", letter.id);
    assert.deepEqual([code, said], [0, `${letter.id}: the event is delivered to orderflow-dev-orders`]);
    assert.equal((await shop.final(orderId)).status, "CONFIRMED");
    assert.deepEqual(await listed("--queue", "events"), []);
  });

  it("publishes changes that the relay gave up on, and their order goes on to its end", async () => {
    const release = away("events");
    const orderId = await shop.accepted(ONE_KEYBOARD);
    const [letter] = await fallen("relay", 1);
    assert.match(letter?.reason ?? "", /^1 change not published: RecordAgeExceeded, \d+ tries$/);
    assert.match((await run("show", letter!.id)).said, new RegExp(`"change": "INSERT",\\s+"orderId": "${orderId}"`));
    const early = await run("replay", letter!.id);
    assert.equal(early.code, 1);
    assert.match(early.said, /^Not replayed: .*: The relay still cannot publish, from the change \d+ on\.$/);
    assert.equal((await shop.ledger(orderId)).stage, "RECEIVED");
    release();

    const { code, said } = await run("replay", "--all", "--queue", "relay");
    assert.deepEqual([code, said], [0, `${letter!.id}: the relay published 1 change again`]);
    assert.equal((await shop.final(orderId)).status, "CONFIRMED");
    assert.deepEqual(await listed("--queue", "relay"), []);
  });

  it("says plainly when the stream has forgotten the changes, and keeps the word of them", async () => {
    const { MessageId = "" } = await sqs.send(
      new SendMessageCommand({
        QueueUrl: shop.outputs.relayFailureQueueUrl as string,
        MessageBody: JSON.stringify({
          requestContext: { functionArn: "f", condition: "RetryAttemptsExhausted", approximateInvokeCount: 3 },
          DDBStreamBatchInfo: {
            ...{ shardId: "shardId-00000000000000000000-000000000000", streamArn: streamArn(), batchSize: 2 },
            ...{ startSequenceNumber: "000000000000000000001", endSequenceNumber: "000000000000000000002" },
          },
        }),
      }),
    );
    const { code, said } = await run("replay", MessageId);
    assert.equal(code, 1);
    assert.match(said, /The stream has forgotten these changes .* No order is lost: the table has them all/);
    assert.equal((await listed("--queue", "relay")).length, 1);
  });

  it("fails for a message that no queue has, and for a command line that makes no sense", async () => {
    const nowhere = await run("replay", "no-such-id");
    assert.deepEqual(
      [nowhere.code, nowhere.said.startsWith("Not replayed: No queue has the message no-such-id")],
      [1, true],
    );
    assert.equal((await run("show", "no-such-id")).code, 1);
    assert.equal((await run("forget")).code, 2);
    assert.equal((await run("list", "--queue", "letters")).code, 2);
  });

  function streamArn(): string {
    const { resources } = shop.pipeline.runtime;
    return String(
      resources.find(({ outputs: made }) => made["name"] === shop.outputs.ordersTable)?.outputs["streamArn"],
    );
  }
}).timeout(120_000);
