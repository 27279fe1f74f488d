import {
  EVENT_BUS,
  EVENT_BUS_POLICY,
  EVENT_SOURCE_MAPPING,
  EVENT_TARGET,
  FUNCTION,
  KEY,
  KEY_POLICY,
  METRIC_ALARM,
  QUEUE,
  QUEUE_POLICY,
  TABLE,
  TOPIC,
  TOPIC_POLICY,
} from "../../../policies/resourceTypes";
import { made, NARROWED, OPEN, policy, tlsOnly, type Making } from "../resources";
import { describeRule } from "../ruleCase";

const queue = (inputs: object = {}, making?: Making) => made(QUEUE, { ...inputs }, making);
const other = made(TABLE, {}, { name: "other" });

describeRule("queue-is-encrypted", {
  keeps: [queue({ sqsManagedSseEnabled: true }), queue({ kmsMasterKeyId: "alias/x" }, { name: "with a key" })],
  breaks: { "thing is not encrypted.": [queue()] },
  ignores: [other],
});

const closed = (making: Making) => made(QUEUE_POLICY, { policy: tlsOnly("sqs:*") }, { name: "policy", ...making });
describeRule("queue-takes-tls-only", {
  keeps: [
    ...[queue(), closed({ from: { queueUrl: [queue()] } })],
    queue({ policy: tlsOnly("sqs:*") }, { name: "by itself" }),
  ],
  breaks: {
    "thing takes messages in the clear.": [
      queue(),
      made(QUEUE_POLICY, { policy: OPEN, queueUrl: queue().outputs["url"] }),
    ],
    "lonely takes messages in the clear.": [
      ...[queue(), queue({}, { name: "lonely" })],
      closed({ from: { queueUrl: [queue()] } }),
    ],
  },
  ignores: [other],
});

describeRule("queue-is-not-public", {
  keeps: [
    made(QUEUE_POLICY, { policy: NARROWED }),
    made(QUEUE_POLICY, { policy: tlsOnly("sqs:*") }, { name: "closed" }),
  ],
  breaks: { "thing lets everybody do x:Do.": [made(QUEUE_POLICY, { policy: OPEN })] },
  ignores: [other],
});

const letters = (inputs: object = {}) => queue(inputs, { name: "letters" });
const redriving = (inputs: object = {}, receives = 5) =>
  queue(
    {
      ...inputs,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: letters().outputs["arn"], maxReceiveCount: receives }),
    },
    { from: { redrivePolicy: [letters()] } },
  );
const byArn = (inputs: object = {}) => ({ ...redriving(inputs), propertyDependencies: {} });
describeRule("queue-keeps-failures", {
  keeps: [
    ...[letters(), byArn()],
    queue({}, { name: "of a function" }),
    made(FUNCTION, { deadLetterConfig: { targetArn: queue({}, { name: "of a function" }).outputs["arn"] } }),
  ],
  breaks: { "thing drops messages that keep failing.": [queue()] },
  ignores: [other],
});

const FOURTEEN_DAYS = 14 * 24 * 3600;
describeRule("dead-letters-outlive-their-queue", {
  keeps: [letters({ messageRetentionSeconds: FOURTEEN_DAYS }), redriving({ messageRetentionSeconds: FOURTEEN_DAYS })],
  breaks: {
    "letters keeps dead letters for 345600 seconds, not longer than thing its messages.": [letters(), redriving()],
  },
  ignores: [other],
});

const slow = made(FUNCTION, { timeout: 30 }, { name: "slow" });
const read = (inputs: object = {}) =>
  made(
    EVENT_SOURCE_MAPPING,
    { ...inputs },
    { name: "reader", from: { eventSourceArn: [queue()], functionName: [slow] } },
  );
describeRule("queue-hides-messages-long-enough", {
  keeps: [slow, queue({ visibilityTimeoutSeconds: 181 }), read({ maximumBatchingWindowInSeconds: 1 })],
  breaks: {
    "thing hides a message for 180 seconds, and its consumer needs 181.": [
      ...[slow, queue({ visibilityTimeoutSeconds: 180 }), read({ maximumBatchingWindowInSeconds: 1 })],
    ],
  },
  ignores: [slow, other],
});

describeRule("queue-tries-often-enough", {
  keeps: [slow, letters(), redriving(), read()],
  breaks: { "thing gives a message up after 2 receives.": [slow, letters(), redriving({}, 2), read()] },
  ignores: [other],
});

const depth = (name: string, dimension = "QueueName") =>
  made(
    METRIC_ALARM,
    { metricName: "ApproximateNumberOfMessagesVisible", dimensions: { [dimension]: name } },
    { name: "alarm" },
  );
describeRule("failure-queue-has-an-alarm", {
  keeps: [letters(), redriving(), depth("letters")],
  breaks: {
    "letters fills up without anybody being told.": [letters(), redriving(), depth("thing")],
  },
  ignores: [other],
});

describeRule("topic-is-encrypted", {
  keeps: [made(TOPIC, { kmsMasterKeyId: "alias/aws/sns" })],
  breaks: { "thing is not encrypted.": [made(TOPIC, {})] },
  ignores: [other],
});

describeRule("topic-takes-tls-only", {
  keeps: [
    made(TOPIC, {}),
    made(TOPIC_POLICY, { policy: tlsOnly("sns:Publish") }, { name: "policy", from: { arn: [made(TOPIC, {})] } }),
  ],
  breaks: { "thing takes messages in the clear.": [made(TOPIC, { policy: NARROWED })] },
  ignores: [other],
});

describeRule("topic-is-not-public", {
  keeps: [made(TOPIC_POLICY, { policy: NARROWED })],
  breaks: { "thing lets everybody do x:Do.": [made(TOPIC_POLICY, { policy: OPEN })] },
  ignores: [other],
});

const key = made(KEY, {}, { name: "key" });
const told = made(TOPIC, { kmsMasterKeyId: "arn:key" }, { from: { kmsMasterKeyId: [key] } });
const telling = made(METRIC_ALARM, {}, { name: "alarm", from: { alarmActions: [told] } });
const usable = (service: string) => {
  const Action = ["kms:Decrypt", "kms:GenerateDataKey*"];
  const document = policy({ Effect: "Allow", Principal: { Service: service }, Action, Resource: "*" });
  return made(KEY_POLICY, { policy: document }, { name: "key policy", from: { keyId: [key] } });
};
describeRule("alarm-topic-key-admits-cloudwatch", {
  keeps: [key, told, telling, usable("cloudwatch.amazonaws.com")],
  breaks: {
    "thing is encrypted with key, which lets no alarm in.": [key, told, telling, usable("events.amazonaws.com")],
    "thing is encrypted with alias/aws/sns, which lets no alarm in.": [
      ...[made(TOPIC, { kmsMasterKeyId: "alias/aws/sns" }), telling],
    ],
  },
  ignores: [other],
});

const bus = made(EVENT_BUS, { name: "events" }, { name: "bus" });
describeRule("event-bus-has-a-policy", {
  keeps: [bus, made(EVENT_BUS_POLICY, { eventBusName: "events", policy: NARROWED })],
  breaks: { "bus has no policy.": [bus] },
  ignores: [other],
});

describeRule("event-bus-is-closed", {
  keeps: [made(EVENT_BUS_POLICY, { policy: NARROWED })],
  breaks: { "thing lets everybody do x:Do.": [made(EVENT_BUS_POLICY, { policy: OPEN })] },
  ignores: [other],
});

describeRule("rule-target-keeps-undelivered", {
  keeps: [made(EVENT_TARGET, { deadLetterConfig: { arn: "arn:queue" } })],
  breaks: { "thing drops what it cannot deliver.": [made(EVENT_TARGET, {})] },
  ignores: [other],
});
