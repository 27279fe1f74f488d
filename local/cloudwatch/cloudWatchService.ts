import type { Clock, Release } from "../clock";
import type { Feed } from "../feed";
import type { Cloud, Resource } from "../resource";
import type { LocalService, Operation } from "../service";
import { alarmOperations } from "./alarmOperations";
import type { MetricAlarm } from "./alarms/alarm";
import type { Publish } from "./alarms/alarmActions";
import { Alarms } from "./alarms/alarms";
import { cloudWatchKinds } from "./cloudWatchKinds";
import { Dashboards } from "./dashboards";
import { metricOperations } from "./metricOperations";
import { MetricStore } from "./metricStore";
import { alarmOf } from "./realiseAlarm";
import { apiGatewayMetrics } from "./sources/apiGatewayMetrics";
import { dynamoDbMetrics } from "./sources/dynamoDbMetrics";
import { embeddedMetrics } from "./sources/embeddedSource";
import { eventsMetrics } from "./sources/eventsMetrics";
import { lambdaMetrics } from "./sources/lambdaMetrics";
import { snsMetrics } from "./sources/snsMetrics";
import { SqsMetrics, type MeasuredQueue } from "./sources/sqsMetrics";
import { statesMetrics } from "./sources/statesMetrics";
import { Ticker } from "./ticker";

/** What the stand-in for CloudWatch needs. */
export interface CloudWatchServiceOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Every queue, to be measured once a minute. */
  readonly queues: () => readonly MeasuredQueue[];
  /** Publishes to a topic, for the actions of alarms. */
  readonly publish: Publish;
}

const MINUTE_MS = 60_000;
/** Alarms with a period below a minute are evaluated this often. */
const HIGH_RESOLUTION_MS = 10_000;

/**
 * CloudWatch in memory: metrics of the services and of the program (embedded in log lines, or put), alarms on them,
 * dashboards. Alarms are evaluated at every full minute of the clock, those with a period below a minute every ten
 * seconds, on the data before that time. Each turn of an alarm is told on the feed as `alarm`.
 */
export class CloudWatchService implements LocalService {
  readonly name = "cloudwatch";
  readonly kinds = cloudWatchKinds;
  readonly targetPrefixes = ["GraniteServiceVersion20100801"];
  readonly operations: Readonly<Record<string, Operation>>;
  readonly store = new MetricStore();
  readonly alarms: Alarms;
  private readonly dashboards: Dashboards;
  private readonly sqs: SqsMetrics;
  private readonly ticker: Ticker;
  private readonly releases: readonly Release[];

  constructor(private readonly options: CloudWatchServiceOptions) {
    const { cloud, clock, feed, queues, publish } = options;
    const { store } = this;
    this.alarms = new Alarms({ cloud, clock, feed, store, publish });
    this.dashboards = new Dashboards(cloud, clock);
    this.sqs = new SqsMetrics({ feed, store, queues, nowMs: () => clock.now() });
    const sources = [lambdaMetrics, statesMetrics, apiGatewayMetrics, eventsMetrics, dynamoDbMetrics, snsMetrics];
    const told = sources.flatMap((source) => source(feed, store));
    this.releases = [...told, ...embeddedMetrics(feed, store, clock)];
    this.ticker = new Ticker(clock, (atMs) => this.tick(atMs));
    this.operations = {
      ...metricOperations(store, clock),
      ...alarmOperations(this.alarms),
      ...this.dashboards.operations,
    };
  }

  async realise(resource: Resource): Promise<void> {
    try {
      if (resource.type === "aws:cloudwatch/dashboard:Dashboard") {
        this.dashboards.put(String(resource.outputs["dashboardName"]), resource.inputs["dashboardBody"]);
      } else this.alarms.add(alarmOf(resource, this.options.clock.now()));
    } catch (error) {
      throw new Error(`${resource.name}: ${(error as Error).message}`, { cause: error });
    }
  }

  async start(): Promise<void> {
    this.alarms.begin();
    this.ticker.start(this.alarms.metricAlarms.some(isHighResolution) ? HIGH_RESOLUTION_MS : MINUTE_MS);
  }

  async stop(): Promise<void> {
    this.ticker.stop();
    this.alarms.stop();
    this.sqs.stop();
    for (const release of this.releases) release();
  }

  private tick(atMs: number): void {
    const isMinute = atMs % MINUTE_MS === 0;
    if (isMinute) this.sqs.sample(atMs);
    this.alarms.evaluate(atMs, (alarm) => isMinute || isHighResolution(alarm));
  }
}

function isHighResolution({ settings }: MetricAlarm): boolean {
  return settings.queries.periodSeconds < 60;
}
