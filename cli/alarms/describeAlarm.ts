import type { CompositeAlarm, MetricAlarm, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { StackAlarm } from "./stackAlarm";
import { MAIL } from "./stackNames";

const GOES_OFF: Readonly<Record<string, string>> = {
  GreaterThanThreshold: "above",
  GreaterThanOrEqualToThreshold: "at or above",
  LessThanThreshold: "below",
  LessThanOrEqualToThreshold: "at or below",
};

/** An alarm on a metric, under its short name. */
export function metricAlarmOf(alarm: MetricAlarm, name: string): StackAlarm {
  const { ComparisonOperator = "", Threshold, EvaluationPeriods = 1, DatapointsToAlarm = EvaluationPeriods } = alarm;
  const seconds = alarm.Period ?? alarm.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60;
  const when = EvaluationPeriods === 1 ? "one period" : `${DatapointsToAlarm} of ${EvaluationPeriods} periods`;
  const missing = `a period without data counts as ${alarm.TreatMissingData ?? "missing"}`;
  return {
    ...described(alarm, name),
    watches: alarm.Metrics?.length ? alarm.Metrics.map(queryText) : [singleText(alarm)],
    goesOff: `${GOES_OFF[ComparisonOperator] ?? ComparisonOperator} ${Threshold}, in ${when} of ${seconds} s; ${missing}`,
  };
}

/** An alarm on other alarms, under its short name. */
export function compositeAlarmOf(alarm: CompositeAlarm, name: string): StackAlarm {
  const { AlarmRule = "", ActionsSuppressedBy, ActionsSuppressedReason, ActionsSuppressor } = alarm;
  const held = ActionsSuppressedBy === undefined ? undefined : ActionsSuppressedReason || ActionsSuppressedBy;
  return {
    ...described(alarm, name),
    watches: [AlarmRule, ...(ActionsSuppressor ? [`mails only while ${ActionsSuppressor} is not on`] : [])],
    ...(held !== undefined && { heldBack: held }),
  };
}

function described(alarm: MetricAlarm | CompositeAlarm, name: string): Omit<StackAlarm, "watches" | "goesOff"> {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? new Date(0);
  return {
    name,
    alarmName: alarm.AlarmName ?? name,
    state: alarm.StateValue ?? "INSUFFICIENT_DATA",
    since: since.toISOString(),
    reason: alarm.StateReason ?? "",
    onlyMails: name.endsWith(MAIL),
    actionsEnabled: alarm.ActionsEnabled ?? true,
    ...(alarm.AlarmDescription !== undefined && { description: alarm.AlarmDescription }),
  };
}

function singleText({ Namespace, MetricName, Statistic, ExtendedStatistic, Dimensions = [] }: MetricAlarm): string {
  return `${Statistic ?? ExtendedStatistic} of ${metricText({ Namespace, MetricName, Dimensions })}`;
}

function queryText({ Id, Expression, MetricStat, ReturnData }: MetricDataQuery): string {
  const text = Expression ?? `${MetricStat?.Stat} of ${metricText(MetricStat?.Metric ?? {})}`;
  return `${Id} = ${text}${ReturnData === true ? "  (watched)" : ""}`;
}

interface Named {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: MetricAlarm["Dimensions"];
}

function metricText({ Namespace, MetricName, Dimensions = [] }: Named): string {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(", ");
  return `${Namespace} ${MetricName}${dimensions === "" ? "" : ` (${dimensions})`}`;
}
