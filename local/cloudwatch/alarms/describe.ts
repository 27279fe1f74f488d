import { dimensionList } from "../metric";
import type { MetricQuery, MetricStat } from "../metricQueries";
import type { Alarm, CompositeAlarm, MetricAlarm } from "./alarm";

/** A metric alarm as DescribeAlarms answers it. */
export function describeMetric(alarm: MetricAlarm): object {
  const { settings } = alarm;
  const { single, asked, queries } = settings;
  return {
    ...described(alarm),
    EvaluationPeriods: settings.evaluationPeriods,
    DatapointsToAlarm: settings.datapointsToAlarm,
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparison,
    TreatMissingData: settings.treatMissingData,
    ...(settings.lowSamples === "ignore" ? { EvaluateLowSampleCountPercentile: "ignore" } : {}),
    ...(single === undefined
      ? { Dimensions: [], Metrics: asked.map(describedQuery) }
      : { ...describedMetric(single), Period: queries.periodSeconds, ...statistic(single), ...unit(single) }),
  };
}

/** A composite alarm as DescribeAlarms answers it. */
export function describeComposite(alarm: CompositeAlarm): object {
  const { settings, suppression } = alarm;
  const { ruleText, suppressor } = settings;
  return {
    ...described(alarm),
    AlarmRule: ruleText,
    ...(suppressor === undefined
      ? {}
      : {
          ActionsSuppressor: suppressor.alarm,
          ActionsSuppressorWaitPeriod: suppressor.waitSeconds,
          ActionsSuppressorExtensionPeriod: suppressor.extensionSeconds,
        }),
    ...(suppression === undefined
      ? {}
      : { ActionsSuppressedBy: suppression.by, ActionsSuppressedReason: suppression.reason }),
  };
}

function described({ identity, state, actionsEnabled }: Alarm): object {
  const { name, arn, description, createdMs, actions } = identity;
  return {
    AlarmName: name,
    AlarmArn: arn,
    ...(description === undefined ? {} : { AlarmDescription: description }),
    AlarmConfigurationUpdatedTimestamp: createdMs / 1000,
    ActionsEnabled: actionsEnabled,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: state.updatedMs / 1000,
    StateTransitionedTimestamp: state.transitionedMs / 1000,
  };
}

function describedQuery({ id, label, source, returnData }: MetricQuery): object {
  const named = { Id: id, ...(label === undefined ? {} : { Label: label }), ReturnData: returnData };
  if ("expression" in source) return { ...named, Expression: source.expression };
  const { periodSeconds: Period, stat: Stat } = source;
  return { ...named, MetricStat: { Metric: describedMetric(source), Period, Stat, ...unit(source) } };
}

function describedMetric({ metric }: MetricStat): object {
  return { Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensionList(metric.dimensions) };
}

function statistic({ stat }: MetricStat): object {
  return stat.startsWith("p") ? { ExtendedStatistic: stat } : { Statistic: stat };
}

function unit({ unit: Unit }: MetricStat): object {
  return Unit === undefined ? {} : { Unit };
}
