import type { Release } from "../../clock";
import type { Feed, FeedEvents } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

const DEFAULT_BUS = "default";

/** What each turn of a delivery counts as. An invocation is counted once it has succeeded, or failed for good. */
const COUNTED: Readonly<Record<FeedEvents["ruleDelivery"]["what"], readonly string[]>> = {
  triggered: ["MatchedEvents", "TriggeredRules"],
  attempted: ["InvocationAttempts"],
  delivered: ["Invocations", "SuccessfulInvocationAttempts"],
  retried: ["RetryInvocationAttempts"],
  dropped: ["Invocations", "FailedInvocations"],
  deadLettered: ["Invocations", "InvocationsSentToDlq"],
  lost: ["Invocations", "FailedInvocations", "InvocationsFailedToBeSentToDlq"],
};

/**
 * The metrics of rules: by RuleName on the default bus, by EventBusName and RuleName on others. They come only when
 * they are not zero. Nothing throttles rules here, so there is no ThrottledRules.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function eventsMetrics(feed: Feed, store: MetricStore): readonly Release[] {
  const record = recorder(store, "AWS/Events");
  return [
    feed.on("ruleDelivery", ({ bus, rule, what, timeMs }) => {
      const dimensions = bus === DEFAULT_BUS ? { RuleName: rule } : { EventBusName: bus, RuleName: rule };
      for (const name of COUNTED[what]) record(name, dimensions, { timeMs, value: 1 });
    }),
  ];
}
