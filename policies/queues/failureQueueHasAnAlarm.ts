import { isFailureQueue } from "../deadLetters";
import { QUEUE } from "../resourceTypes";
import type { StackRule } from "../rule";
import { watches } from "../watchedMetrics";

/** A letter that nobody hears of is an order that is lost without a word. */
export const failureQueueHasAnAlarm: StackRule = {
  name: "failure-queue-has-an-alarm",
  what: "Every queue that failures end in has an alarm on its depth.",
  why: "A letter that nobody hears of is an order that is lost without a word.",
  fix: "Make an alarm on ApproximateNumberOfMessagesVisible of the queue.",
  severity: "high",
  controls: [],
  types: [QUEUE],
  problemsAmong: (queue, stack) =>
    isFailureQueue(queue, stack) &&
    watches(queue, stack, { metricNames: DEPTH, dimension: "QueueName", by: "name" }).length === 0 &&
    "fills up without anybody being told.",
};

const DEPTH = ["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "NumberOfMessagesReceived"];
