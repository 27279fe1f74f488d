import { isFields } from "../../operationInput";
import type { Resource } from "../../resource";
import type { MetricId } from "../metric";
import { MathError } from "../math/expression";
import { MetricStore } from "../metricStore";
import { isPeriod, MetricQueries, type MetricQuery, type MetricStat } from "../metricQueries";
import type { AlarmRule, MissingData } from "./verdict";

/** How a value is compared with the threshold. */
export type Comparison =
  "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";

/** What a metric alarm watches and when it goes off. */
export interface MetricAlarmSettings extends AlarmRule {
  readonly comparison: Comparison;
  readonly threshold: number;
  /** What is watched: the one query that returns data. */
  readonly watchedId: string;
  readonly queries: MetricQueries;
  /** As they were given; for an alarm on a single metric, one that is made up. */
  readonly asked: readonly MetricQuery[];
  /** Present for an alarm on a single metric, absent for metric math. */
  readonly single?: MetricStat;
  /** With `ignore`, percentiles of too few samples change nothing. */
  readonly lowSamples: "evaluate" | "ignore";
}

type Fields = Readonly<Record<string, unknown>>;

const COMPARISONS: Readonly<Record<Comparison, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

const MISSING: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
const SINGLE_INPUTS = ["metricName", "namespace", "period", "statistic", "extendedStatistic", "dimensions", "unit"];
const MOST_METRICS = 10;
const DAY_SECONDS = 86_400;

/** Whether a value is on the wrong side of the threshold. */
export function breaches({ comparison, threshold }: MetricAlarmSettings, value: number): boolean {
  return COMPARISONS[comparison](value, threshold);
}

/**
 * Reads the inputs of a metric alarm; throws what CloudWatch would refuse, and what has no stand-in here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function metricAlarmSettings({ inputs }: Pick<Resource, "inputs">): MetricAlarmSettings {
  const asked = inputs["metricQueries"] === undefined ? [singleQuery(inputs)] : mathQueries(inputs);
  const queries = checked(asked);
  const evaluationPeriods = whole(inputs["evaluationPeriods"], "evaluationPeriods");
  const datapointsToAlarm = whole(inputs["datapointsToAlarm"] ?? evaluationPeriods, "datapointsToAlarm");
  if (datapointsToAlarm > evaluationPeriods) throw new Error("datapointsToAlarm must not exceed evaluationPeriods.");
  checkSpan(queries.periodSeconds, evaluationPeriods);
  const single = asked[0]?.source;
  return {
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: missingData(inputs["treatMissingData"], queries),
    comparison: oneOf(inputs["comparisonOperator"], "comparisonOperator", Object.keys(COMPARISONS) as Comparison[]),
    threshold: number(inputs["threshold"], "threshold"),
    watchedId: asked.find(({ returnData }) => returnData)?.id ?? "",
    queries,
    asked,
    lowSamples: oneOf(inputs["evaluateLowSampleCountPercentiles"] ?? "evaluate", "evaluateLowSampleCountPercentiles", [
      "evaluate",
      "ignore",
    ]),
    ...(inputs["metricQueries"] === undefined && single !== undefined && "metric" in single ? { single } : {}),
  };
}

function singleQuery(inputs: Fields): MetricQuery {
  const { statistic, extendedStatistic } = inputs;
  if ((statistic === undefined) === (extendedStatistic === undefined)) {
    throw new Error("an alarm on one metric needs either statistic or extendedStatistic.");
  }
  const stat = text(statistic ?? extendedStatistic, "statistic");
  if (extendedStatistic !== undefined && !stat.startsWith("p"))
    throw new Error("extendedStatistic must be a percentile.");
  return { id: "m1", source: metricStat(inputs, stat), returnData: true };
}

function mathQueries(inputs: Fields): readonly MetricQuery[] {
  const extra = SINGLE_INPUTS.filter((input) => inputs[input] !== undefined);
  if (extra.length > 0) throw new Error(`metricQueries exclude ${extra.join(", ")}.`);
  const given = inputs["metricQueries"];
  const queries = (Array.isArray(given) ? (given as unknown[]) : []).map(mathQuery);
  if (queries.filter(({ returnData }) => returnData).length !== 1) {
    throw new Error("exactly one of metricQueries must have returnData: true.");
  }
  if (queries.filter(({ source }) => "metric" in source).length > MOST_METRICS) {
    throw new Error(`metricQueries must not read more than ${MOST_METRICS} metrics.`);
  }
  return queries;
}

function mathQuery(query: unknown): MetricQuery {
  if (!isFields(query)) throw new Error("metricQueries must be a list of objects.");
  const { id, expression, metric, label, returnData = false, period, accountId } = query;
  if (accountId !== undefined) throw new Error("the local runtime has no stand-in for accountId of metricQueries.");
  if (period !== undefined)
    throw new Error("period of metricQueries is for Metrics Insights; a metric has its own period.");
  if ((expression === undefined) === (metric === undefined)) {
    throw new Error(`the query "${String(id)}" needs either an expression or a metric.`);
  }
  const source = isFields(metric)
    ? metricStat(metric, text(metric["stat"], "stat"))
    : { expression: text(expression, "expression") };
  const named = label === undefined ? {} : { label: text(label, "label") };
  return { id: text(id, "id"), source, returnData: returnData === true, ...named };
}

function metricStat(fields: Fields, stat: string): MetricStat {
  const dimensions = isFields(fields["dimensions"]) ? fields["dimensions"] : {};
  const metric: MetricId = {
    namespace: text(fields["namespace"], "namespace"),
    name: text(fields["metricName"], "metricName"),
    dimensions: Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, text(value, name)])),
  };
  const periodSeconds = number(fields["period"], "period");
  const unit = fields["unit"] === undefined ? {} : { unit: text(fields["unit"], "unit") };
  return { metric, periodSeconds, stat, ...unit };
}

function checked(asked: readonly MetricQuery[]): MetricQueries {
  const queries = new MetricQueries(asked);
  if (queries.metrics.length === 0) throw new MathError("an alarm must watch at least one metric.");
  const watchedId = asked.find(({ returnData }) => returnData)?.id ?? "";
  const { kind } = queries.value(watchedId, new MetricStore(), { fromMs: 0, toMs: queries.periodSeconds * 1000 });
  if (kind !== "series") throw new MathError("the expression that returns data must come to a single time series.");
  if (queries.periodSeconds < 10) throw new Error("period must be 10, 20, 30 or a multiple of 60 s in an alarm.");
  return queries;
}

/** A day for short periods, a week from an hour on: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function checkSpan(periodSeconds: number, evaluationPeriods: number): void {
  if (!isPeriod(periodSeconds)) throw new Error("period must be 10, 20, 30 or a multiple of 60 s.");
  const mostSeconds = periodSeconds >= 3600 ? 7 * DAY_SECONDS : DAY_SECONDS;
  if (periodSeconds * evaluationPeriods > mostSeconds) {
    throw new Error(`period times evaluationPeriods must not exceed ${mostSeconds} s.`);
  }
}

/** Metrics of DynamoDB come only when something happens, so alarms on them ignore their absence unless told otherwise. */
function missingData(given: unknown, { metrics }: MetricQueries): MissingData {
  const ofTables = metrics.every(({ metric }) => metric.namespace === "AWS/DynamoDB");
  return oneOf(given ?? (ofTables ? "ignore" : "missing"), "treatMissingData", MISSING);
}

function oneOf<Choice extends string>(value: unknown, input: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new Error(`${input} must be one of ${choices.join(", ")}, not ${JSON.stringify(value)}.`);
  return found;
}

function text(value: unknown, input: string): string {
  if (typeof value !== "string" || value === "")
    throw new Error(`${input} must be a text, not ${JSON.stringify(value)}.`);
  return value;
}

function number(value: unknown, input: string): number {
  if (typeof value !== "number") throw new Error(`${input} must be a number, not ${JSON.stringify(value)}.`);
  return value;
}

function whole(value: unknown, input: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw new Error(`${input} must be a whole number from 1 on, not ${JSON.stringify(value)}.`);
  }
  return value;
}
