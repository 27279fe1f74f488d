import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Metric, type MetricMath, type Statistic } from "../metric";
import { physicalName } from "../physicalName";
import { refuse } from "../problems";
import { describe, MOST_METRICS, type AlarmDefinition } from "./alarmDefinition";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const ALARM_NAME_MAX = 255;
const DESCRIPTION_MAX = 1024;

/** What all alarms share. */
export interface AlarmSettings {
  /** Who gets the mail: ARN of a topic. */
  readonly topicArn: pulumi.Input<string>;
  /** Where docs/runbook.md can be read. */
  readonly runbook: string;
}

/** The alarm on a metric. It acts by itself only when its mail is `always`; else a composite alarm acts for it. */
export function metricAlarm(
  name: string,
  { definition, topicArn, runbook }: AlarmSettings & { readonly definition: AlarmDefinition },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
  const { id, watched, goesOff, threshold, periodSeconds, periods, of, missing, mail } = definition;
  const alarmDescription = describe(definition, runbook);
  refuse("Alarm", id, [
    alarmDescription.length > DESCRIPTION_MAX && `its description must be at most ${DESCRIPTION_MAX} characters long`,
    watched instanceof Metric &&
      !BASIC_STATISTICS.has(watched.settings.statistic) &&
      "watched must be more than a percentile, which says nothing of a handful of requests: ask for a number of them too",
    !(watched instanceof Metric) &&
      Object.keys(watched.metrics).length > MOST_METRICS &&
      `watched must have at most ${MOST_METRICS} metrics`,
  ]);
  return new aws.cloudwatch.MetricAlarm(
    `${name}-${id}`,
    {
      name: physicalName(id, ALARM_NAME_MAX),
      alarmDescription,
      ...(watched instanceof Metric ? single(watched, periodSeconds) : { metricQueries: math(watched, periodSeconds) }),
      comparisonOperator: goesOff === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
      threshold,
      evaluationPeriods: of,
      datapointsToAlarm: periods,
      treatMissingData: missing,
      ...(mail === "always" && actions(topicArn)),
    },
    opts,
  );
}

/** A mail when it begins, and one when it is over. */
export function actions(topicArn: pulumi.Input<string>) {
  return { alarmActions: [topicArn], okActions: [topicArn] };
}

function single({ settings }: Metric, periodSeconds: number) {
  const { namespace, name: metricName, dimensions, statistic } = settings;
  return { namespace, metricName, dimensions, period: periodSeconds, statistic };
}

const BASIC_STATISTICS: ReadonlySet<Statistic> = new Set(["Sum", "Average", "Minimum", "Maximum", "SampleCount"]);

function math({ metrics, expression, label }: MetricMath, period: number) {
  const read = Object.entries(metrics).map(([id, { settings }]) => {
    const { namespace, name: metricName, dimensions, statistic: stat } = settings;
    return { id, metric: { namespace, metricName, dimensions, stat, period } };
  });
  return [...read, { id: "watched", expression, label, returnData: true }];
}
