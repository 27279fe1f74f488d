import { sourcesOf } from "../deadLetters";
import { numberAt } from "../fields";
import { QUEUE } from "../resourceTypes";
import type { Neighbour, StackRule } from "../rule";

/** A dead letter's time counts from its first sending: one that waited long before it failed would be gone before anybody looks. */
export const deadLettersOutliveTheirQueue: StackRule = {
  name: "dead-letters-outlive-their-queue",
  what: "A dead-letter queue keeps its messages longer than the queues before it, or as long as SQS can.",
  why: "A dead letter's time counts from its first sending: one that waited long before it failed would be gone before anybody looks.",
  fix: "Set messageRetentionSeconds of the dead-letter queue to 1209600, which is fourteen days.",
  severity: "medium",
  controls: [],
  types: [QUEUE],
  problemsAmong: (queue, stack) => {
    const kept = retentionOf(queue);
    const sources = sourcesOf(queue, stack).filter((source) => kept <= retentionOf(source));
    return (
      kept < FOURTEEN_DAYS_SECONDS &&
      sources.length > 0 &&
      `keeps dead letters for ${kept} seconds, not longer than ${sources.map(({ name }) => name).join(", ")} its messages.`
    );
  },
};

/** The longest that SQS keeps a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const FOURTEEN_DAYS_SECONDS = 14 * 24 * 60 * 60;
const DEFAULT_SECONDS = 4 * 24 * 60 * 60;

function retentionOf({ props }: Neighbour): number {
  return numberAt(props, ["messageRetentionSeconds"], DEFAULT_SECONDS);
}
