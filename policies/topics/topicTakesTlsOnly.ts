import { companionOf } from "../companions";
import { listAt } from "../fields";
import { deniesPlainText, statementsOf } from "../policyDocument";
import { TOPIC, TOPIC_POLICY } from "../resourceTypes";
import type { StackRule } from "../rule";

/** A message in the clear can be read and changed on its way. */
export const topicTakesTlsOnly: StackRule = {
  name: "topic-takes-tls-only",
  what: "Every topic refuses what is published without TLS.",
  why: "A message in the clear can be read and changed on its way.",
  fix: 'Give it a topic policy that denies sns:Publish where "aws:SecureTransport" is "false".',
  severity: "high",
  controls: ["AwsSolutions-SNS3"],
  types: [TOPIC],
  problemsAmong: (topic, stack) => {
    const policies = companionOf(topic, stack, { type: TOPIC_POLICY, by: "arn", names: ["arn"] });
    const documents = [...policies.map(({ props }) => props["policy"]), ...listAt(topic.props, "policy")];
    return !documents.flatMap(statementsOf).some(deniesPlainText) && "takes messages in the clear.";
  },
};
