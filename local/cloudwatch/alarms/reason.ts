import type { DataPoint } from "../metricStore";
import { breaches, type Comparison, type MetricAlarmSettings } from "./metricAlarmSettings";
import { decimal, isoTime, shortTime } from "./times";
import type { StateValue, Verdict } from "./verdict";

/** What an evaluation saw and decided. */
export interface Evaluation {
  readonly verdict: Verdict;
  /** The periods that decided it, latest first. */
  readonly points: readonly (Omit<DataPoint, "samples"> & { readonly samples?: number | undefined })[];
  /** When it took place. */
  readonly atMs: number;
}

const WORDS: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

/** The reason that an alarm which was never evaluated gives for its state. */
export const UNCHECKED = "Unchecked: Initial alarm creation";

/** Why the state is what it is, in the words of CloudWatch. */
export function reasonOf(evaluation: Evaluation, settings: MetricAlarmSettings): string {
  const { verdict, points } = evaluation;
  const { evaluationPeriods, treatMissingData } = settings;
  if (verdict.state === "INSUFFICIENT_DATA") return `Insufficient Data: ${datapoints(evaluationPeriods)} unknown.`;
  if (verdict.filled > 0) {
    const received = points.length === 0 ? "no datapoints were" : datapoints(points.length);
    const treated = treatMissingData === "breaching" ? "Breaching" : "NonBreaching";
    const filled = `${verdict.filled} missing ${plural("datapoint", verdict.filled)}`;
    return (
      `Threshold Crossed: ${received} received for ${evaluationPeriods} ${plural("period", evaluationPeriods)} and ` +
      `${filled} ${verdict.filled === 1 ? "was" : "were"} treated as [${treated}].`
    );
  }
  return crossed(evaluation, settings);
}

/** The same as JSON, for programs. */
export function reasonDataOf({ points, atMs }: Evaluation, settings: MetricAlarmSettings): string {
  const { single, queries, threshold } = settings;
  const oldestFirst = [...points].reverse();
  return JSON.stringify({
    version: "1.0",
    queryDate: isoTime(atMs),
    ...(oldestFirst[0] === undefined ? {} : { startDate: isoTime(oldestFirst[0].timeMs) }),
    ...(single === undefined
      ? {}
      : { statistic: single.stat, ...(single.unit === undefined ? {} : { unit: single.unit }) }),
    period: queries.periodSeconds,
    recentDatapoints: oldestFirst.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: points.map(({ timeMs, samples, value }) => ({
      timestamp: isoTime(timeMs),
      ...(samples === undefined ? {} : { sampleCount: samples }),
      value,
    })),
  });
}

function crossed({ verdict, points }: Evaluation, settings: MetricAlarmSettings): string {
  const { evaluationPeriods, datapointsToAlarm, comparison, threshold } = settings;
  const alarms = verdict.state === "ALARM";
  const telling = points.filter(({ value }) => breaches(settings, value) === alarms);
  // A verdict of OK may rest on breaches that are too few; then there is nothing better to name.
  const named = telling.length > 0 ? telling : points;
  const not = alarms === telling.length > 0 ? "" : "not ";
  const values = named.map(({ value, timeMs }) => `${decimal(value)} (${shortTime(timeMs)})`).join(", ");
  const is = named.length === 1 ? "was" : "were";
  const against = `${is} ${not}${WORDS[comparison]} the threshold (${decimal(threshold)})`;
  if (points.length < evaluationPeriods) {
    return `Threshold Crossed: ${named.length} ${plural("datapoint", named.length)} [${values}] ${against}.`;
  }
  const needed = alarms ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition: readonly [StateValue, StateValue] = alarms ? ["OK", "ALARM"] : ["ALARM", "OK"];
  return (
    `Threshold Crossed: ${named.length} out of the last ${evaluationPeriods} datapoints [${values}] ${against} ` +
    `(minimum ${needed} ${plural("datapoint", needed)} for ${transition.join(" -> ")} transition).`
  );
}

function datapoints(count: number): string {
  return `${count} ${count === 1 ? "datapoint was" : "datapoints were"}`;
}

function plural(noun: string, count: number): string {
  return count === 1 ? noun : `${noun}s`;
}
