import assert from "node:assert/strict";
import { MOST_IN_FLIGHT } from "../../../local/sqs/queue";
import { QueueFixture } from "./queueFixture";

describe("a standard queue", () => {
  let queue: QueueFixture;
  beforeEach(() => {
    queue = new QueueFixture();
  });
  it("hides a received message until its visibility timeout ends, then shows it again", async () => {
    await queue.create("orders", { VisibilityTimeout: "60" });
    await queue.send("a");
    assert.deepEqual(await queue.bodies(), ["a"]);
    assert.deepEqual(await queue.bodies(), []);
    await queue.seconds(61);
    assert.deepEqual(await queue.bodies(), ["a"]);
  });

  it("takes the visibility timeout of the receive over the queue's", async () => {
    await queue.create("orders", { VisibilityTimeout: "0" });
    await queue.send("a");
    assert.deepEqual(await queue.bodies({ VisibilityTimeout: 10 }), ["a"]);
    assert.deepEqual(await queue.bodies(), []);
  });

  it("does not hand a message out twice in one receive when its visibility timeout is 0", async () => {
    await queue.create("orders", { VisibilityTimeout: "0" });
    await queue.send("a");
    assert.deepEqual(await queue.bodies(), ["a"]);
    assert.deepEqual(await queue.bodies(), ["a"]);
  });

  it("counts receives and remembers the first", async () => {
    await queue.create("orders", { VisibilityTimeout: "5" });
    await queue.send("a");
    const [first] = await queue.receive();
    await queue.seconds(6);
    const [second] = await queue.receive();
    assert.equal(first.Attributes.ApproximateReceiveCount, "1");
    assert.equal(second.Attributes.ApproximateReceiveCount, "2");
    assert.equal(second.Attributes.ApproximateFirstReceiveTimestamp, first.Attributes.ApproximateFirstReceiveTimestamp);
    assert.equal(first.Attributes.SenderId, "TESTER");
    assert.notEqual(first.ReceiptHandle, second.ReceiptHandle);
  });

  it("deletes by the latest receipt handle, also after the visibility timeout, and not by an older one", async () => {
    await queue.create("orders", { VisibilityTimeout: "5" });
    await queue.send("a");
    const [first] = await queue.receive();
    await queue.seconds(6);
    const [second] = await queue.receive();
    await queue.run("DeleteMessage", { ReceiptHandle: first.ReceiptHandle });
    assert.equal(await queue.attribute("ApproximateNumberOfMessagesNotVisible"), "1");
    await queue.seconds(6);
    await queue.run("DeleteMessage", { ReceiptHandle: second.ReceiptHandle });
    await queue.seconds(6);
    assert.deepEqual(await queue.bodies(), []);
    await queue.run("DeleteMessage", { ReceiptHandle: second.ReceiptHandle });
  });

  it("refuses a receipt handle of another queue or of nobody", async () => {
    await queue.create("orders");
    await queue.create("other");
    await queue.send("a");
    const [message] = await queue.receive();
    const invalid = { code: "ReceiptHandleIsInvalid", queryErrorCode: "ReceiptHandleIsInvalid" };
    await assert.rejects(queue.run("DeleteMessage", { ReceiptHandle: "xyz" }), invalid);
    await assert.rejects(
      queue.run("DeleteMessage", { QueueUrl: "other", ReceiptHandle: message.ReceiptHandle }),
      invalid,
    );
  });

  it("changes the visibility of a hidden message, and of no other", async () => {
    await queue.create("orders", { VisibilityTimeout: "30" });
    await queue.send("a");
    const [{ ReceiptHandle }] = (await queue.receive()) as [any];
    const change = (VisibilityTimeout: number): Promise<any> =>
      queue.run("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout });
    await change(100);
    await assert.rejects(change(43_201), { code: "InvalidParameterValueException" });
    await queue.seconds(50);
    assert.equal(await queue.attribute("ApproximateNumberOfMessagesNotVisible"), "1");
    await assert.rejects(change(43_200), /beyond the limit/);
    await change(0);
    assert.equal(await queue.attribute("ApproximateNumberOfMessages"), "1");
    await assert.rejects(change(5), {
      code: "MessageNotInflight",
      queryErrorCode: "AWS.SimpleQueueService.MessageNotInflight",
    });
    await queue.run("DeleteMessage", { ReceiptHandle });
    await assert.rejects(change(5), /does not exist or is not available/);
  });

  it("delays messages by the queue's delay or their own", async () => {
    await queue.create("orders", { DelaySeconds: "100" });
    await queue.send("slow");
    await queue.send("fast", { DelaySeconds: 0 });
    assert.equal(await queue.attribute("ApproximateNumberOfMessagesDelayed"), "1");
    assert.deepEqual(await queue.bodies(), ["fast"]);
    await queue.seconds(101);
    assert.ok((await queue.bodies()).includes("slow"));
  });

  it("drops messages when the retention has passed since they were sent, whether hidden or not", async () => {
    await queue.create("orders", { MessageRetentionPeriod: "60", VisibilityTimeout: "600" });
    await queue.send("hidden");
    await queue.receive();
    await queue.send("visible");
    await queue.seconds(61);
    assert.equal(await queue.attribute("ApproximateNumberOfMessages"), "0");
    assert.equal(await queue.attribute("ApproximateNumberOfMessagesNotVisible"), "0");
  });

  it("moves a message to its dead-letter queue at the receive after the last that is allowed", async () => {
    await queue.createWithDeadLetters(2);
    const { MessageId } = await queue.send("poison", {
      MessageAttributes: { a: { DataType: "String", StringValue: "1" } },
    });
    for (let i = 0; i < 2; i++) assert.equal((await queue.receive({ VisibilityTimeout: 0 })).length, 1);
    assert.equal(await queue.attribute("ApproximateNumberOfMessages", "dead"), "0");
    assert.deepEqual(await queue.receive({ VisibilityTimeout: 0 }), []);
    const [dead] = await queue.receive({ QueueUrl: "dead" });
    assert.equal(dead.MessageId, MessageId);
    assert.equal(dead.Attributes.DeadLetterQueueSourceArn, queue.arn);
    assert.equal(dead.MessageAttributes.a.StringValue, "1");
    assert.deepEqual(
      queue.told.map(({ queue: name, what, to }) => [name, what, to]).filter(([, what]) => what === "moved"),
      [["orders", "moved", "dead"]],
    );
  });

  it("counts the retention of a dead letter from when it was first sent", async () => {
    await queue.create("dead", { MessageRetentionPeriod: "1000" });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queue.deadArn, maxReceiveCount: 1 });
    await queue.create("orders", { RedrivePolicy, VisibilityTimeout: "0" });
    await queue.send("a");
    await queue.receive();
    await queue.seconds(900);
    await queue.receive();
    assert.equal(await queue.attribute("ApproximateNumberOfMessages", "dead"), "1");
    await queue.seconds(101);
    assert.equal(await queue.attribute("ApproximateNumberOfMessages", "dead"), "0");
  });

  it("wakes a waiting receive as soon as a message is sent, by order of waiting", async () => {
    await queue.create("orders");
    const first = queue.bodies({ WaitTimeSeconds: 20 });
    const second = queue.bodies({ WaitTimeSeconds: 20 });
    await queue.send("a");
    await queue.send("b");
    assert.deepEqual([await first, await second], [["a"], ["b"]]);
  });

  it("gives a whole batch to a receive that waits", async () => {
    await queue.create("orders");
    const waiting = queue.bodies({ WaitTimeSeconds: 20 });
    const Entries = ["1", "2", "3"].map((Id) => ({ Id, MessageBody: Id }));
    await queue.run("SendMessageBatch", { Entries });
    assert.deepEqual(await waiting, ["1", "2", "3"]);
  });

  it("wakes a waiting receive when a message becomes visible again", async () => {
    await queue.create("orders", { VisibilityTimeout: "10", ReceiveMessageWaitTimeSeconds: "20" });
    await queue.send("a");
    await queue.receive();
    const waiting = queue.bodies();
    await queue.seconds(10);
    assert.deepEqual(await waiting, ["a"]);
  });

  it("answers a waiting receive with nothing when the time is over", async () => {
    await queue.create("orders");
    const waiting = queue.run("ReceiveMessage", { WaitTimeSeconds: 20 });
    let answered = false;
    void waiting.then(() => (answered = true));
    await queue.seconds(19);
    assert.equal(answered, false);
    await queue.seconds(1);
    assert.deepEqual(await waiting, {});
  });

  it("gives no message to a caller that hung up", async () => {
    await queue.create("orders");
    const controller = new AbortController();
    const gone = queue.receive({ WaitTimeSeconds: 20 }, controller.signal);
    controller.abort();
    await queue.send("a");
    assert.deepEqual(await gone, []);
    assert.deepEqual(await queue.bodies(), ["a"]);
  });

  it("answers OverLimit to a short poll while too many messages are in flight", async () => {
    await queue.create("orders", { VisibilityTimeout: "43200" });
    const inner = queue.sqs.queueByArn(queue.arn);
    assert.ok(inner);
    const drafts = Array.from({ length: MOST_IN_FLIGHT + 1 }, () => ({ body: "x", attributes: {}, senderId: "s" }));
    inner.send(drafts);
    assert.equal(inner.receive(MOST_IN_FLIGHT + 1).length, MOST_IN_FLIGHT);
    await assert.rejects(queue.receive(), { code: "OverLimit", queryErrorCode: "OverLimit" });
  });
});
