import type { Release } from "../../clock";
import type { Feed, FeedEvents } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

const COUNTED: Readonly<Record<FeedEvents["notification"]["what"], readonly string[]>> = {
  published: ["NumberOfMessagesPublished"],
  delivered: ["NumberOfNotificationsDelivered"],
  filteredOut: ["NumberOfNotificationsFilteredOut"],
  deadLettered: ["NumberOfNotificationsFailed", "NumberOfNotificationsRedrivenToDlq"],
  dropped: ["NumberOfNotificationsFailed"],
  lost: ["NumberOfNotificationsFailed", "NumberOfNotificationsFailedToRedriveToDlq"],
};

/**
 * The metrics of topics, by TopicName.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 */
export function snsMetrics(feed: Feed, store: MetricStore): readonly Release[] {
  const record = recorder(store, "AWS/SNS");
  return [
    feed.on("notification", ({ topic, what, timeMs }) => {
      for (const name of COUNTED[what]) record(name, { TopicName: topic }, { timeMs, value: 1 });
    }),
  ];
}
