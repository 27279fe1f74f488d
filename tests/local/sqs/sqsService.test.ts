import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resource } from "../serviceFixture";
import { QueueFixture } from "./queueFixture";

describe("the stand-in for SQS", () => {
  let queue: QueueFixture;
  beforeEach(() => {
    queue = new QueueFixture();
  });
  const realise = (type: string, inputs: Record<string, unknown>): Promise<void> =>
    queue.sqs.realise(resource(queue.sqs, type, inputs));

  describe("resources", () => {
    it("realises a queue with its dead-letter queue and its policies", async () => {
      await realise("aws:sqs/queue:Queue", { name: "dead", messageRetentionSeconds: 1_209_600 });
      const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queue.deadArn, maxReceiveCount: 5 });
      await realise("aws:sqs/queue:Queue", { name: "orders", visibilityTimeoutSeconds: 360, redrivePolicy, tags: {} });
      const queueUrl = "http://127.0.0.1:4566/123456789012/dead";
      const allow = JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] });
      await realise("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", { queueUrl, redriveAllowPolicy: allow });
      await realise("aws:sqs/queuePolicy:QueuePolicy", { queueUrl, policy: { Version: "2012-10-17" } });
      assert.equal(await queue.attribute("VisibilityTimeout"), "360");
      assert.equal(await queue.attribute("MessageRetentionPeriod", "dead"), "1209600");
      assert.equal(await queue.attribute("Policy", "dead"), '{"Version":"2012-10-17"}');
      const { queueUrls } = await queue.run("ListDeadLetterSourceQueues", { QueueUrl: queueUrl });
      assert.deepEqual(queueUrls, ["http://127.0.0.1:4566/123456789012/orders"]);
      await assert.rejects(
        queue.create("third", { RedrivePolicy: redrivePolicy }),
        /RedriveAllowPolicy does not allow this source queue/,
      );
    });

    it("gives a queue its URL, ARN and made-up name", () => {
      const { outputs } = resource(queue.sqs, "aws:sqs/queue:Queue", {});
      assert.equal(outputs["name"], "thing-1234567");
      assert.equal(outputs["id"], "http://127.0.0.1:4566/123456789012/thing-1234567");
      assert.equal(outputs["arn"], "arn:aws:sqs:eu-central-1:123456789012:thing-1234567");
    });

    it("knows every input of the provider's queue", () => {
      const typings =
        readFileSync("node_modules/@pulumi/aws/sqs/queue.d.ts", "utf8").split("interface QueueArgs")[1] ?? "";
      const inputs = [...typings.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name ?? "");
      assert.ok(inputs.length > 15);
      for (const input of inputs) resource(queue.sqs, "aws:sqs/queue:Queue", { [input]: undefined });
    });

    it("refuses a FIFO queue by name", async () => {
      await assert.rejects(realise("aws:sqs/queue:Queue", { name: "x", fifoQueue: true }), /thing: .*fifoQueue/);
      await assert.rejects(queue.create("x.fifo", {}), /FIFO/);
      await assert.rejects(queue.create("x", { FifoQueue: "true" }), /FifoQueue/);
    });

    it("refuses a redrive policy whose queue does not exist, and values out of range", async () => {
      const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queue.deadArn, maxReceiveCount: 5 });
      await assert.rejects(
        realise("aws:sqs/queue:Queue", { name: "a", redrivePolicy }),
        /Dead letter target does not exist/,
      );
      await assert.rejects(
        realise("aws:sqs/queue:Queue", { name: "a", visibilityTimeoutSeconds: 43_201 }),
        /VisibilityTimeout/,
      );
      await assert.rejects(realise("aws:sqs/queue:Queue", { name: "a", redrivePolicy: "{" }), /RedrivePolicy/);
    });
  });

  describe("queues through the API", () => {
    it("creates a queue once, and refuses other attributes under its name", async () => {
      const { QueueUrl } = await queue.create("orders", { DelaySeconds: "5" });
      assert.equal(QueueUrl, "http://127.0.0.1:4566/123456789012/orders");
      assert.deepEqual(await queue.create("orders", { DelaySeconds: "5" }), { QueueUrl });
      await assert.rejects(queue.create("orders", { DelaySeconds: "6" }), {
        code: "QueueNameExists",
        queryErrorCode: "QueueAlreadyExists",
      });
    });

    it("finds a queue whatever host its URL names, and in no other account", async () => {
      await queue.create("orders");
      const url = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders";
      await queue.send("a", { QueueUrl: url });
      await assert.rejects(queue.send("a", { QueueUrl: "http://x/999999999999/orders" }), {
        code: "QueueDoesNotExist",
        queryErrorCode: "AWS.SimpleQueueService.NonExistentQueue",
      });
    });

    it("keeps the name of a deleted queue for sixty seconds", async () => {
      await queue.create("orders");
      await queue.run("DeleteQueue");
      await assert.rejects(queue.send("a"), { code: "QueueDoesNotExist" });
      await assert.rejects(queue.create("orders"), { code: "QueueDeletedRecently" });
      await queue.seconds(61);
      await queue.create("orders");
    });

    it("lists queues by prefix and page", async () => {
      for (const name of ["a-1", "a-2", "a-3", "b-1"]) await queue.create(name);
      const list = (input: object): Promise<any> => queue.run("ListQueues", { QueueUrl: undefined, ...input });
      const first = await list({ QueueNamePrefix: "a-", MaxResults: 2 });
      const second = await list({ QueueNamePrefix: "a-", MaxResults: 2, NextToken: first.NextToken });
      const names = [...first.QueueUrls, ...second.QueueUrls].map((url: string) => url.split("/").at(-1));
      assert.deepEqual(names, ["a-1", "a-2", "a-3"]);
      assert.equal(second.NextToken, undefined);
      assert.deepEqual(await list({ QueueNamePrefix: "c" }), {});
    });

    it("answers the attributes that are asked for", async () => {
      await queue.create("orders");
      const { Attributes } = await queue.run("GetQueueAttributes", { AttributeNames: ["All"] });
      assert.equal(Attributes.QueueArn, queue.arn);
      assert.equal(Attributes.MaximumMessageSize, "1048576");
      assert.equal(Attributes.MessageRetentionPeriod, "345600");
      await assert.rejects(queue.run("GetQueueAttributes", { AttributeNames: ["Colour"] }), {
        code: "InvalidAttributeName",
      });
      await assert.rejects(queue.run("SetQueueAttributes", { Attributes: { Colour: "red" } }), {
        code: "InvalidAttributeName",
      });
    });

    it("applies changed attributes at once", async () => {
      await queue.create("orders");
      await queue.send("a");
      await queue.run("SetQueueAttributes", { Attributes: { MessageRetentionPeriod: "60" } });
      await queue.seconds(61);
      assert.equal(await queue.attribute("ApproximateNumberOfMessages"), "0");
    });

    it("purges, once in sixty seconds", async () => {
      await queue.create("orders");
      await queue.send("a");
      await queue.run("PurgeQueue");
      assert.deepEqual(await queue.bodies(), []);
      await assert.rejects(queue.run("PurgeQueue"), { code: "PurgeQueueInProgress" });
    });

    it("keeps tags", async () => {
      await queue.create("orders");
      await queue.run("TagQueue", { Tags: { a: "1", b: "2" } });
      await queue.run("UntagQueue", { TagKeys: ["a"] });
      assert.deepEqual(await queue.run("ListQueueTags"), { Tags: { b: "2" } });
    });
  });

  describe("in process", () => {
    it("gives pollers what is visible, and tells them when that may be", async () => {
      await queue.create("orders", { VisibilityTimeout: "10" });
      const polled = queue.sqs.queue(queue.arn);
      assert.ok(polled);
      let calls = 0;
      const release = polled.onAvailable(() => calls++);
      polled.send("a", { kind: "test" });
      assert.equal(calls, 1);
      const [message] = polled.receive(10);
      assert.equal(message?.body, "a");
      assert.equal(message?.attributes["ApproximateReceiveCount"], "1");
      assert.deepEqual(message?.messageAttributes, { kind: { dataType: "String", stringValue: "test" } });
      await queue.seconds(11);
      assert.equal(calls, 2);
      polled.delete(polled.receive(1)[0]?.receiptHandle ?? "");
      release();
      polled.send("b");
      assert.equal(calls, 2);
      assert.deepEqual(
        polled.receive(10).map(({ body }) => body),
        ["b"],
      );
      assert.equal(queue.sqs.queue("arn:aws:sqs:eu-central-1:123456789012:nobody"), undefined);
    });

    it("refuses to send to a queue that does not exist", () => {
      assert.throws(() => queue.sqs.send(queue.arn, "a"), { code: "QueueDoesNotExist" });
    });

    it("tells the feed how a message moves", async () => {
      await queue.create("orders");
      await queue.send("a");
      const [message] = await queue.receive();
      await queue.run("DeleteMessage", { ReceiptHandle: message.ReceiptHandle });
      assert.deepEqual(
        queue.told.map(({ what, receiveCount }) => [what, receiveCount]),
        [
          ["sent", 0],
          ["received", 1],
          ["deleted", 1],
        ],
      );
    });

    it("ends waiting receives when it stops", async () => {
      await queue.create("orders");
      const waiting = queue.receive({ WaitTimeSeconds: 20 });
      await queue.sqs.stop();
      assert.deepEqual(await waiting, []);
    });
  });
});
