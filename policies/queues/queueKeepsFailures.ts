import { deadLettersOf, isFailureQueue } from "../deadLetters";
import { QUEUE } from "../resourceTypes";
import type { StackRule } from "../rule";

/** A queue without one drops what it cannot deliver, or delivers it for days. */
export const queueKeepsFailures: StackRule = {
  name: "queue-keeps-failures",
  what: "Every queue has a dead-letter queue, or failures end in it.",
  why: "A queue without one drops what it cannot deliver, or delivers it for days.",
  fix: "Give it a redrivePolicy that names a dead-letter queue.",
  severity: "high",
  controls: ["AwsSolutions-SQS3"],
  types: [QUEUE],
  problemsAmong: (queue, stack) =>
    deadLettersOf(queue, stack).length === 0 && !isFailureQueue(queue, stack) && "drops messages that keep failing.",
};
