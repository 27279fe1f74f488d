import { createHash } from "node:crypto";
import type { RegisteredInputs, ResourceKind } from "../resource";
import { ATTRIBUTE_OF_INPUT as SUBSCRIPTION_ATTRIBUTES } from "./subscription";
import { topicArn } from "./topics";

/** The inputs of a topic that GetTopicAttributes shows, by the attribute that each becomes. */
export const TOPIC_ATTRIBUTES: Readonly<Record<string, string>> = {
  displayName: "DisplayName",
  policy: "Policy",
  signatureVersion: "SignatureVersion",
  kmsMasterKeyId: "KmsMasterKeyId",
  deliveryPolicy: "DeliveryPolicy",
  tracingConfig: "TracingConfig",
};

/** Inputs that only FIFO topics have; refused by name when given. */
export const FIFO_INPUTS = ["fifoTopic", "contentBasedDeduplication", "fifoThroughputScope", "archivePolicy"];

const FEEDBACK = ["FailureFeedbackRoleArn", "SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate"];
const FEEDBACK_INPUTS = ["application", "firehose", "http", "lambda", "sqs"].flatMap((protocol) =>
  FEEDBACK.map((what) => protocol + what),
);

function nameOf({ inputs, physicalName }: RegisteredInputs): string {
  const { name, namePrefix } = inputs;
  if (typeof name === "string") return name;
  return typeof namePrefix === "string" ? `${namePrefix}${physicalName.slice(-7)}` : physicalName;
}

/** A UUID that follows from the resource, the same at every start. */
function uuidOf({ urn }: RegisteredInputs): string {
  const hex = createHash("sha256").update(urn).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** Topic, its policy, and subscription. */
export const snsKinds: readonly ResourceKind[] = [
  {
    type: "aws:sns/topic:Topic",
    honours: ["name", "namePrefix", "displayName", "policy", "signatureVersion", "kmsMasterKeyId", ...FIFO_INPUTS],
    // A delivery policy is for HTTP subscribers, which have no stand-in.
    withoutLocalEffect: ["deliveryPolicy", "tracingConfig", ...FEEDBACK_INPUTS, "tags", "region"],
    outputs(resource, cloud) {
      const name = nameOf(resource);
      const arn = topicArn(cloud, name);
      return { id: arn, arn, name, owner: cloud.accountId };
    },
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    honours: ["arn", "policy"],
    withoutLocalEffect: ["region"],
    outputs: ({ inputs }, { accountId }) => ({ id: inputs["arn"] as string, owner: accountId }),
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    honours: ["topic", "protocol", "endpoint", ...Object.keys(SUBSCRIPTION_ATTRIBUTES)],
    // All of these are for HTTP subscribers, which have no stand-in.
    withoutLocalEffect: ["deliveryPolicy", "confirmationTimeoutInMinutes", "endpointAutoConfirms", "region"],
    outputs(resource, { accountId }) {
      const arn = `${String(resource.inputs["topic"])}:${uuidOf(resource)}`;
      return {
        id: arn,
        arn,
        ownerId: accountId,
        pendingConfirmation: false,
        confirmationWasAuthenticated: true,
      };
    },
  },
];
