import assert from "node:assert/strict";
import { SQSClient } from "@aws-sdk/client-sqs";
import { ConsumerLetters, consumersOf } from "../../../cli/deadLetters/consumerLetters";
import type { StackOutputs } from "../../../cli/stackOutputs";

const outputs = {
  ...{ orderQueueUrl: "https://orders", deadLetterQueueUrl: "https://orders-dead" },
  ...{ trailQueueUrl: "https://trail", trailDeadLetterQueueUrl: "https://trail-dead" },
  ...{ shippingQueueUrl: "https://shipping", shippingDeadLetterQueueUrl: "https://shipping-dead" },
  ...{ unbuiltQueueUrl: undefined, unbuiltDeadLetterQueueUrl: undefined },
} as unknown as StackOutputs;

const event = { "detail-type": "OrderPlaced", detail: { orderId: "o-1", eventId: "o-1#4#OrderPlaced" } };
const letter = (body: string) => ({
  ...{ id: "m-1", body, attributes: {}, sentMs: 0, firstReceivedMs: 0, receives: 32, receiptHandle: "r" },
});

/** The letters of one consumer, and every call that is made for them. */
function setUp(answers: Record<string, object> = {}) {
  const calls: [string, any][] = [];
  const send = async ({ input, constructor }: any) => {
    calls.push([constructor.name, input]);
    return answers[constructor.name] ?? {};
  };
  const sqs = Object.assign(new SQSClient({ region: "eu-west-1" }), { send });
  const consumer = { name: "trail", queueUrl: "https://trail", deadLetterQueueUrl: "https://trail-dead" };
  return { letters: new ConsumerLetters(sqs, consumer), calls };
}

describe("the consumers of a stack", () => {
  it("are told by their outputs", () => {
    assert.deepEqual(consumersOf(outputs), [
      { name: "trail", queueUrl: "https://trail", deadLetterQueueUrl: "https://trail-dead" },
      { name: "shipping", queueUrl: "https://shipping", deadLetterQueueUrl: "https://shipping-dead" },
    ]);
  });

  it("must have a queue that their dead letters came from", () => {
    const { trailQueueUrl: _, ...rest } = outputs;
    assert.throws(() => consumersOf(rest), /The outputs have no trailQueueUrl/);
  });
});

describe("an event that a consumer could not take in", () => {
  it("tells its order, its type and the consumer", async () => {
    const { letters } = setUp();
    assert.deepEqual(await letters.describe([letter(JSON.stringify(event)), letter("nonsense")]), [
      { orderId: "o-1", reason: "OrderPlaced was not taken in by trail; its function's log says why" },
      { reason: "is no event: it can never be taken in" },
    ]);
  });

  it("goes to the consumer's queue as it was", async () => {
    const { letters, calls } = setUp();
    const body = JSON.stringify(event);
    assert.equal(await letters.replay(letter(body)), "m-1 is in the queue of trail again");
    assert.deepEqual(calls, [["SendMessageCommand", { QueueUrl: "https://trail", MessageBody: body }]]);
  });

  it("goes back with all others by SQS's own hand, and says nothing where there was nothing", async () => {
    const task = (moved: number) => ({
      GetQueueAttributesCommand: { Attributes: { QueueArn: "arn:trail-dead" } },
      ListMessageMoveTasksCommand: { Results: [{ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: moved }] },
    });
    const { letters, calls } = setUp(task(3));
    assert.equal(await letters.replayAll(), "3 messages were moved to the queue of trail");
    assert.deepEqual(calls[1], ["StartMessageMoveTaskCommand", { SourceArn: "arn:trail-dead" }]);
    assert.equal(await setUp(task(0)).letters.replayAll(), undefined);
  });
});
