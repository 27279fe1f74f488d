import { functionOf, queueMappings } from "../consumers";
import { numberAt } from "../fields";
import { QUEUE } from "../resourceTypes";
import type { StackRule } from "../rule";

/** AWS's own advice: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const queueHidesMessagesLongEnough: StackRule = {
  name: "queue-hides-messages-long-enough",
  what: "A queue hides a message for six times as long as its consumer may take, and the time that batches are gathered.",
  why: "Lambda tries a throttled batch again within that time; after less, SQS delivers messages again that are still being worked on.",
  fix: "Set visibilityTimeoutSeconds to at least 6 × timeout + maximumBatchingWindowInSeconds.",
  severity: "high",
  controls: [],
  types: [QUEUE],
  problemsAmong: (queue, stack) => {
    const hidden = numberAt(queue.props, ["visibilityTimeoutSeconds"], 30);
    const needed = queueMappings(stack, queue).map((mapping) => {
      const timeout = numberAt(functionOf(mapping, stack)?.props, ["timeout"], 3);
      return 6 * timeout + numberAt(mapping.props, ["maximumBatchingWindowInSeconds"], 0);
    });
    const least = Math.max(0, ...needed);
    return hidden < least && `hides a message for ${hidden} seconds, and its consumer needs ${least}.`;
  },
};
