import { companionOf } from "../companions";
import { listAt, textAt } from "../fields";
import { type PolicyStatement, statementsOf } from "../policyDocument";
import { COMPOSITE_ALARM, KEY, KEY_POLICY, METRIC_ALARM, TOPIC } from "../resourceTypes";
import type { Neighbour, StackRule, StackView } from "../rule";

/** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
export const alarmTopicKeyAdmitsCloudwatch: StackRule = {
  name: "alarm-topic-key-admits-cloudwatch",
  what: "A topic that alarms publish on is encrypted with a key that CloudWatch may use.",
  why: "The key that AWS manages for SNS lets no alarm in: the alarm goes off, and no mail is sent.",
  fix: "Encrypt the topic with a key of its own, whose policy lets cloudwatch.amazonaws.com decrypt and generate data keys.",
  severity: "high",
  controls: [],
  types: [TOPIC],
  problemsAmong: (topic, stack) => {
    if (!isAlarmTopic(topic, stack) || !("kmsMasterKeyId" in topic.props)) return undefined;
    const [key] = topic.madeFrom("kmsMasterKeyId").filter(({ type }) => type === KEY);
    if (key === undefined) return `is encrypted with ${textAt(topic.props, "kmsMasterKeyId")}, which lets no alarm in.`;
    const policies = companionOf(key, stack, { type: KEY_POLICY, by: "keyId", names: ["keyId", "id", "arn"] });
    const documents = [...policies.map(({ props }) => props["policy"]), ...listAt(key.props, "policy")];
    return (
      !documents.flatMap(statementsOf).some(admitsCloudWatch) &&
      `is encrypted with ${key.name}, which lets no alarm in.`
    );
  },
};

function isAlarmTopic(topic: Neighbour, stack: StackView): boolean {
  return stack.ofType(METRIC_ALARM, COMPOSITE_ALARM).some((alarm) => {
    const told = alarm.madeFrom("alarmActions");
    return told.length > 0 ? told.includes(topic) : listAt(alarm.props, "alarmActions").includes(topic.props["arn"]);
  });
}

function admitsCloudWatch({ allows, principals, actions }: PolicyStatement): boolean {
  const able = ["kms:Decrypt", "kms:GenerateDataKey*"].every(
    (action) => actions.includes(action) || actions.includes("kms:*"),
  );
  return allows && able && principals.includes("Service:cloudwatch.amazonaws.com");
}
