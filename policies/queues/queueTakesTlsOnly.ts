import { companionOf } from "../companions";
import { listAt } from "../fields";
import { deniesPlainText, statementsOf } from "../policyDocument";
import { QUEUE, QUEUE_POLICY } from "../resourceTypes";
import type { StackRule } from "../rule";

/** A message in the clear can be read and changed on its way. */
export const queueTakesTlsOnly: StackRule = {
  name: "queue-takes-tls-only",
  what: "Every queue refuses what comes without TLS.",
  why: "A message in the clear can be read and changed on its way.",
  fix: 'Give it a queue policy that denies sqs:* where "aws:SecureTransport" is "false".',
  severity: "high",
  controls: ["AwsSolutions-SQS4"],
  types: [QUEUE],
  problemsAmong: (queue, stack) => {
    const policies = companionOf(queue, stack, { type: QUEUE_POLICY, by: "queueUrl", names: ["url", "id"] });
    const documents = [...policies.map(({ props }) => props["policy"]), ...listAt(queue.props, "policy")];
    const denied = documents
      .flatMap(statementsOf)
      .some(
        (statement) => deniesPlainText(statement) && statement.actions.some((action) => /^(sqs:)?\*$/i.test(action)),
      );
    return !denied && "takes messages in the clear.";
  },
};
