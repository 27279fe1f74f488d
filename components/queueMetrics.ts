import type * as pulumi from "@pulumi/pulumi";
import { Metric, type MetricSettings } from "./metric";

/**
 * The metrics of one queue. A queue is reported for up to six hours after something happened in it, and then no longer:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export class QueueMetrics {
  constructor(private readonly queueName: pulumi.Input<string>) {}

  /** Messages that were sent. One that SQS moved here from another queue was not. */
  sent(): Metric {
    return this.metric({ name: "NumberOfMessagesSent", statistic: "Sum", unit: "count", label: "sent" });
  }

  received(): Metric {
    return this.metric({ name: "NumberOfMessagesReceived", statistic: "Sum", unit: "count", label: "received" });
  }

  deleted(): Metric {
    return this.metric({ name: "NumberOfMessagesDeleted", statistic: "Sum", unit: "count", label: "deleted" });
  }

  /** Messages that wait. */
  depth(): Metric {
    const name = "ApproximateNumberOfMessagesVisible";
    return this.metric({ name, statistic: "Maximum", unit: "count", label: "waiting" });
  }

  /** Messages that somebody works on. */
  inFlight(): Metric {
    const name = "ApproximateNumberOfMessagesNotVisible";
    return this.metric({ name, statistic: "Maximum", unit: "count", label: "being worked on" });
  }

  /** How long the oldest message has been there. */
  oldestAge(): Metric {
    const name = "ApproximateAgeOfOldestMessage";
    return this.metric({ name, statistic: "Maximum", unit: "s", label: "oldest message" });
  }

  private metric(settings: Omit<MetricSettings, "namespace" | "dimensions">): Metric {
    return new Metric({ namespace: "AWS/SQS", dimensions: { QueueName: this.queueName }, ...settings });
  }
}
