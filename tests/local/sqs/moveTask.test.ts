import assert from "node:assert/strict";
import { QueueFixture } from "./queueFixture";

describe("a message move task", () => {
  let queue: QueueFixture;
  beforeEach(async () => {
    queue = new QueueFixture();
    await queue.createWithDeadLetters(1);
  });
  async function kill(count: number): Promise<void> {
    for (let i = 0; i < count; i++)
      await queue.send(`${i}`, { MessageAttributes: { n: { DataType: "Number", StringValue: `${i}` } } });
    for (let i = 0; i < count; i++) await queue.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 0 });
    await queue.seconds(0);
    assert.deepEqual(await queue.receive(), []);
    assert.equal(await queue.attribute("ApproximateNumberOfMessages", "dead"), `${count}`);
  }
  const begin = (input: object = {}): Promise<any> =>
    queue.run("StartMessageMoveTask", { QueueUrl: undefined, SourceArn: queue.deadArn, ...input });
  const list = async (): Promise<any[]> =>
    (await queue.run("ListMessageMoveTasks", { QueueUrl: undefined, SourceArn: queue.deadArn, MaxResults: 10 }))
      .Results;

  it("brings dead letters back to their queue, as new messages with body and attributes", async () => {
    await kill(3);
    await begin();
    await queue.seconds(5);
    const [task] = await list();
    assert.equal(task.Status, "COMPLETED");
    assert.equal(task.ApproximateNumberOfMessagesMoved, 3);
    assert.equal(task.ApproximateNumberOfMessagesToMove, 3);
    const messages = await queue.receive();
    assert.deepEqual(
      messages.map((message) => [message.Body, message.MessageAttributes.n.StringValue]),
      [
        ["0", "0"],
        ["1", "1"],
        ["2", "2"],
      ],
    );
    assert.equal(messages[0].Attributes.ApproximateReceiveCount, "1");
    assert.equal(messages[0].Attributes.DeadLetterQueueSourceArn, undefined);
  });

  it("moves no faster than asked, and stops when cancelled", async () => {
    await kill(20);
    const { TaskHandle } = await begin({ MaxNumberOfMessagesPerSecond: 1 });
    await assert.rejects(begin(), { code: "UnsupportedOperation" });
    await queue.seconds(5);
    const { ApproximateNumberOfMessagesMoved: moved } = await queue.run("CancelMessageMoveTask", {
      QueueUrl: undefined,
      TaskHandle,
    });
    assert.equal(moved, 5);
    assert.equal((await list())[0].Status, "CANCELLED");
    await queue.seconds(30);
    assert.equal(await queue.attribute("ApproximateNumberOfMessages", "dead"), "15");
    await assert.rejects(queue.run("CancelMessageMoveTask", { QueueUrl: undefined, TaskHandle }), /Only active tasks/);
  });

  it("moves to another queue when asked", async () => {
    await queue.create("other");
    await kill(1);
    await begin({ DestinationArn: "arn:aws:sqs:eu-central-1:123456789012:other" });
    await queue.seconds(2);
    assert.deepEqual(await queue.bodies({ QueueUrl: "other" }), ["0"]);
  });

  it("fails on a message that came from no queue, and keeps it", async () => {
    await queue.send("direct", { QueueUrl: "dead" });
    await begin();
    await queue.seconds(2);
    const [task] = await list();
    assert.deepEqual([task.Status, task.FailureReason], ["FAILED", "CouldNotDetermineMessageSource"]);
    assert.deepEqual(await queue.bodies({ QueueUrl: "dead" }), ["direct"]);
  });

  it("takes only a dead-letter queue as its source", async () => {
    await assert.rejects(begin({ SourceArn: queue.arn }), /must be configured as a Dead Letter Queue/);
    await assert.rejects(begin({ SourceArn: `${queue.arn}x` }), { code: "ResourceNotFoundException" });
    await assert.rejects(begin({ DestinationArn: queue.deadArn }), /cannot be the same/);
    await assert.rejects(begin({ MaxNumberOfMessagesPerSecond: 501 }), /from 1 to 500/);
  });
});
