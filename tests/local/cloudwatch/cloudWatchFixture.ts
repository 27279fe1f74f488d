import { CloudWatchService } from "../../../local/cloudwatch/cloudWatchService";
import { Feed, type FeedEvents } from "../../../local/feed";
import type { MeasuredQueue } from "../../../local/cloudwatch/sources/sqsMetrics";
import { ManualClock } from "../manualClock";
import { call, cloud, resource } from "../serviceFixture";

export const TOPIC = "arn:aws:sns:eu-central-1:123456789012:operators";

/** CloudWatch on a clock that stands still, and what came out of it. */
export class CloudWatchBench {
  readonly clock = new ManualClock();
  readonly feed = new Feed();
  readonly published: { readonly topicArn: string; readonly subject: string; readonly message: any }[] = [];
  readonly turns: string[] = [];
  readonly troubles: FeedEvents["trouble"][] = [];
  readonly service: CloudWatchService;
  /** Lets publishing fail with this text. */
  broken: string | undefined;

  constructor(queues: readonly MeasuredQueue[] = []) {
    this.feed.on("alarm", ({ name, from, to }) => this.turns.push(`${name}: ${from} -> ${to}`));
    this.feed.on("trouble", (trouble) => this.troubles.push(trouble));
    this.service = new CloudWatchService({
      ...{ cloud, clock: this.clock, feed: this.feed },
      queues: () => queues,
      publish: (topicArn, { subject, message }) => {
        if (this.broken !== undefined) throw new Error(this.broken);
        this.published.push({ topicArn, subject, message: JSON.parse(message) });
      },
    });
  }

  /** A metric alarm on the sum of `Shop/Errors` in a minute, more than 0, unless told otherwise. */
  async alarm(inputs: Record<string, unknown> = {}): Promise<void> {
    const single = inputs["metricQueries"] !== undefined ? {} : SINGLE;
    await this.realise("aws:cloudwatch/metricAlarm:MetricAlarm", { ...RULE, ...single, ...inputs });
  }

  async composite(inputs: Record<string, unknown>): Promise<void> {
    await this.realise("aws:cloudwatch/compositeAlarm:CompositeAlarm", inputs);
  }

  async realise(type: string, inputs: Record<string, unknown>): Promise<void> {
    await this.service.realise(resource(this.service, type, inputs));
  }

  /** Adds a value now. */
  put(name: string, value: number, dimensions: Record<string, string> = {}): void {
    const metric = { namespace: "Shop", name, dimensions };
    this.service.store.add({ metric, timeMs: this.clock.now(), values: [[value, 1]] });
  }

  call(operation: string, input: Record<string, unknown> = {}): Promise<any> {
    return call(this.service, operation, input);
  }

  state(name: string): string | undefined {
    return this.service.alarms.find(name)?.state.value;
  }

  reason(name: string): string | undefined {
    return this.service.alarms.find(name)?.state.reason;
  }
}

const RULE = { name: "errors", comparisonOperator: "GreaterThanThreshold", threshold: 0, evaluationPeriods: 1 };
const SINGLE = { namespace: "Shop", metricName: "Errors", period: 60, statistic: "Sum" };
