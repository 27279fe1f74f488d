import type { ResourceKind } from "../resource";
import { queueIdentity } from "./queues";

/** The inputs of a queue, by the attribute that each becomes. */
export const ATTRIBUTE_OF_INPUT: Readonly<Record<string, string>> = {
  delaySeconds: "DelaySeconds",
  maxMessageSize: "MaximumMessageSize",
  messageRetentionSeconds: "MessageRetentionPeriod",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  visibilityTimeoutSeconds: "VisibilityTimeout",
  policy: "Policy",
  redrivePolicy: "RedrivePolicy",
  redriveAllowPolicy: "RedriveAllowPolicy",
};

/** Inputs that only FIFO queues have; refused by name when given. */
export const FIFO_INPUTS = ["fifoQueue", "contentBasedDeduplication", "deduplicationScope", "fifoThroughputLimit"];

/** Resources that set one attribute of a queue, by the input that holds it. */
export const ATTRIBUTE_KINDS: Readonly<Record<string, string>> = {
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  "aws:sqs/redrivePolicy:RedrivePolicy": "redrivePolicy",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "redriveAllowPolicy",
};

/** The queue, and its policies as resources of their own. */
export const queueKinds: readonly ResourceKind[] = [
  {
    type: "aws:sqs/queue:Queue",
    honours: ["name", "namePrefix", ...Object.keys(ATTRIBUTE_OF_INPUT), ...FIFO_INPUTS],
    withoutLocalEffect: ["kmsMasterKeyId", "kmsDataKeyReusePeriodSeconds", "sqsManagedSseEnabled", "tags", "region"],
    outputs({ inputs, physicalName }, cloud) {
      const { name: given, namePrefix } = inputs;
      const madeUp = typeof namePrefix === "string" ? `${namePrefix}${physicalName.slice(-7)}` : physicalName;
      const { name, arn, url } = queueIdentity(typeof given === "string" ? given : madeUp, cloud);
      return { id: url, url, arn, name };
    },
  },
  ...Object.entries(ATTRIBUTE_KINDS).map(([type, input]): ResourceKind => ({
    type,
    honours: ["queueUrl", input],
    withoutLocalEffect: ["region"],
    outputs: ({ inputs }) => ({ id: inputs["queueUrl"] as string }),
  })),
];
