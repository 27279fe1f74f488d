import assert from "node:assert/strict";
import { EventConsumer, receivesFor, type EventConsumerArgs } from "../../components/eventConsumer";
import { EventsBus } from "../../components/eventsBus";
import { OrderStore } from "../../components/orderStore";
import { allow } from "../../components/statements";
import { allowed, arnOf, deploy, only, type Deployment } from "./deployment";

const logging = { level: "INFO", retentionDays: 14 } as const;

/** A consumer with these settings, beside a bus. */
function build(settings: Partial<EventConsumerArgs> = {}): Promise<Deployment<EventConsumer>> {
  return deploy(() => {
    const orders = new OrderStore("orders", { protectData: false });
    const events = new EventsBus("events", { orders, archiveDays: 0, logging });
    return new EventConsumer("shipping", {
      ...{ events, consumerName: "ship-orders", types: ["OrderPlaced"], logging },
      ...{ service: "shipOrders", description: "Ships", statements: [allow(["sns:Publish"], "arn:topic")] },
      factory: () => Promise.resolve(() => undefined),
      ...settings,
    });
  });
}

describe("EventConsumer", () => {
  let built: Deployment<EventConsumer>;
  before(async () => (built = await build()));
  const inputs = (name: string): Record<string, any> => only(built.resources, name).inputs;

  it("hears of its types, whole, through a queue that its rule alone may fill", () => {
    assert.deepEqual(JSON.parse(inputs("events-ship-orders-rule")["eventPattern"]), {
      source: ["ordering-system"],
      "detail-type": ["OrderPlaced"],
    });
    const { arn, inputPath, deadLetterConfig } = inputs("events-ship-orders-target");
    assert.deepEqual([arn, inputPath], [arnOf("shipping-queue"), undefined]);
    assert.deepEqual(deadLetterConfig, { arn: arnOf("events-undelivered") });
    const [deny, admit, ...rest] = JSON.parse(inputs("shipping-queue-policy")["policy"]).Statement;
    assert.equal(deny.Effect, "Deny");
    assert.deepEqual(rest, []);
    assert.deepEqual(
      [admit.Principal, admit.Action, admit.Condition],
      [
        ...[{ Service: "events.amazonaws.com" }, "sqs:SendMessage"],
        { ArnLike: { "aws:SourceArn": arnOf("events-ship-orders-rule") } },
      ],
    );
  });

  it("hears of types that come with later versions when it takes every one", async () => {
    const { resources } = await build({ types: "every" });
    const { eventPattern } = only(resources, "events-ship-orders-rule").inputs;
    assert.deepEqual(JSON.parse(eventPattern), { source: ["ordering-system"] });
  });

  it("tries an event for an hour and a half at least, and keeps it among its dead letters afterwards", () => {
    const { visibilityTimeoutSeconds, redrivePolicy, messageRetentionSeconds } = inputs("shipping-queue");
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(redrivePolicy);
    assert.equal(deadLetterTargetArn, arnOf("shipping-dead-letters"));
    assert.equal(visibilityTimeoutSeconds, 6 * inputs("shipping-consume-function")["timeout"] + 1);
    assert.ok((maxReceiveCount - 1) * visibilityTimeoutSeconds >= 90 * 60);
    assert.ok(inputs("shipping-dead-letters")["messageRetentionSeconds"] > messageRetentionSeconds);
    const { redriveAllowPolicy } = inputs("shipping-redrive");
    assert.deepEqual(JSON.parse(redriveAllowPolicy).sourceQueueArns, [arnOf("shipping-queue")]);
  });

  it("gives back event by event, and no more batches at once than it is told", async () => {
    const { functionResponseTypes, batchSize, scalingConfig, maximumBatchingWindowInSeconds } =
      inputs("shipping-consumer");
    assert.deepEqual(functionResponseTypes, ["ReportBatchItemFailures"]);
    assert.deepEqual([batchSize, scalingConfig, maximumBatchingWindowInSeconds], [10, { maximumConcurrency: 5 }, 1]);

    const { resources } = await build({
      batchSize: 1,
      maximumConcurrency: 50,
      batchingWindowSeconds: 60,
      timeoutSeconds: 10,
    });
    const mapping = only(resources, "shipping-consumer").inputs;
    assert.deepEqual([mapping["batchSize"], mapping["scalingConfig"]], [1, { maximumConcurrency: 50 }]);
    assert.equal(only(resources, "shipping-queue").inputs["visibilityTimeoutSeconds"], 120);
  });

  it("may do what its handler needs, and take its events off the queue", () => {
    assert.deepEqual(allowed(built.resources, "shipping-consume"), [
      "sns:Publish arn:topic",
      ...["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) => `sqs:${action} shipping-queue`),
    ]);
  });

  it("names every wrong setting in one error", async () => {
    const wrong = {
      consumerName: "Ship",
      batchSize: 11,
      batchingWindowSeconds: 301,
      maximumConcurrency: 1,
      timeoutSeconds: 121,
    };
    await assert.rejects(build(wrong), {
      message:
        'EventConsumer "shipping": consumerName must be lower-case letters, digits and hyphens, not "Ship"; ' +
        "batchSize must be a whole number from 1 to 10, not 11; " +
        "batchingWindowSeconds must be a whole number from 0 to 300, not 301; " +
        "maximumConcurrency must be a whole number from 2 to 1000, not 1; " +
        "timeoutSeconds must be a whole number from 1 to 120, not 121: its events would come back too seldom.",
    });
  });
});

describe("receivesFor", () => {
  it("covers ninety minutes, within the limits of SQS and never fewer than five", () => {
    assert.deepEqual([1, 6, 180, 1020, 100_000].map(receivesFor), [1000, 901, 31, 7, 5]);
  });
});
