import type { Cloud } from "../../resource";
import type { Alarm, AlarmState, CompositeAlarm, MetricAlarm } from "./alarm";
import type { MetricQuery, MetricStat } from "../metricQueries";
import { isoTime } from "./times";

/** What CloudWatch publishes to a topic. */
export interface Notification {
  /** At most 99 characters, as SNS wants it. */
  readonly subject: string;
  /** JSON. */
  readonly message: string;
}

const MOST_SUBJECT = 99;

/** As the message names them; a region that is not here goes by its code. https://docs.aws.amazon.com/general/latest/gr/rande.html */
const REGIONS: Readonly<Record<string, string>> = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "sa-east-1": "South America (Sao Paulo)",
  "eu-central-1": "EU (Frankfurt)",
  "eu-west-1": "EU (Ireland)",
  "eu-west-2": "EU (London)",
  "eu-west-3": "EU (Paris)",
  "eu-north-1": "EU (Stockholm)",
  "eu-south-1": "EU (Milan)",
  "ap-south-1": "Asia Pacific (Mumbai)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-northeast-2": "Asia Pacific (Seoul)",
};

/** What is said of an alarm's turn from `before` to the state that it has now. */
export function notificationOf(alarm: Alarm, before: AlarmState, cloud: Cloud): Notification {
  const { identity, state } = alarm;
  const region = REGIONS[cloud.region] ?? cloud.region;
  const subject = `${state.value}: "${identity.name}" in ${region}`;
  const message = {
    AlarmName: identity.name,
    AlarmDescription: identity.description ?? null,
    AWSAccountId: cloud.accountId,
    AlarmConfigurationUpdatedTimestamp: isoTime(identity.createdMs),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: isoTime(state.updatedMs),
    Region: region,
    AlarmArn: identity.arn,
    OldStateValue: before.value,
    OKActions: identity.actions.OK,
    AlarmActions: identity.actions.ALARM,
    InsufficientDataActions: identity.actions.INSUFFICIENT_DATA,
    ...(alarm.type === "MetricAlarm" ? { Trigger: trigger(alarm) } : ofComposite(alarm)),
  };
  const short = subject.length > MOST_SUBJECT ? `${subject.slice(0, MOST_SUBJECT - 3)}...` : subject;
  return { subject: short, message: JSON.stringify(message) };
}

function ofComposite({ settings, state }: CompositeAlarm): object {
  const { triggeringAlarms = [] } = JSON.parse(state.reasonData ?? "{}") as { triggeringAlarms?: Triggering[] };
  return {
    AlarmRule: settings.ruleText,
    TriggeringChildren: triggeringAlarms.map(({ arn, state: { value, timestamp } }) => ({
      Arn: arn,
      State: { Value: value, Timestamp: timestamp },
    })),
  };
}

interface Triggering {
  readonly arn: string;
  readonly state: { readonly value: string; readonly timestamp: string };
}

function trigger({ settings }: MetricAlarm): object {
  const { single, asked, queries, evaluationPeriods, datapointsToAlarm, comparison, threshold } = settings;
  const period = {
    Period: queries.periodSeconds,
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: datapointsToAlarm,
  };
  const rule = {
    ComparisonOperator: comparison,
    Threshold: threshold,
    TreatMissingData: settings.treatMissingData,
    EvaluateLowSampleCountPercentile: settings.lowSamples === "ignore" ? "ignore" : "",
  };
  if (single === undefined) return { ...period, ...rule, Metrics: asked.map(inMessage) };
  const extended = single.stat.startsWith("p");
  return {
    MetricName: single.metric.name,
    Namespace: single.metric.namespace,
    StatisticType: extended ? "ExtendedStatistic" : "Statistic",
    ...(extended ? { ExtendedStatistic: single.stat } : { Statistic: STATISTICS[single.stat] ?? single.stat }),
    Unit: single.unit ?? null,
    Dimensions: dimensions(single),
    ...period,
    ...rule,
  };
}

const STATISTICS: Readonly<Record<string, string>> = {
  SampleCount: "SAMPLE_COUNT",
  Sum: "SUM",
  Average: "AVERAGE",
  Minimum: "MINIMUM",
  Maximum: "MAXIMUM",
};

function inMessage({ id, label, source, returnData }: MetricQuery): object {
  const named = { Id: id, ...(label === undefined ? {} : { Label: label }), ReturnData: returnData };
  if ("expression" in source) return { Expression: source.expression, ...named };
  const { metric, periodSeconds, stat, unit } = source;
  const { name, namespace } = metric;
  const Metric = { Dimensions: dimensions(source), MetricName: name, Namespace: namespace };
  const MetricStat = { Metric, Period: periodSeconds, Stat: stat, ...(unit === undefined ? {} : { Unit: unit }) };
  return { ...named, MetricStat };
}

/** In the message, unlike anywhere else, the keys are written small. */
function dimensions({ metric }: MetricStat): readonly object[] {
  return Object.entries(metric.dimensions).map(([name, value]) => ({ value, name }));
}
