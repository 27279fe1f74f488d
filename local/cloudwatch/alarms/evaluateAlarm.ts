import type { DataPoint, MetricStore } from "../metricStore";
import type { MetricAlarm } from "./alarm";
import { breaches, type MetricAlarmSettings } from "./metricAlarmSettings";
import type { Evaluation } from "./reason";
import { evaluationRange, judge } from "./verdict";

/** What an evaluation of an alarm at some time comes to, on the data of the store. */
export function evaluateAlarm(
  { settings }: Pick<MetricAlarm, "settings">,
  store: MetricStore,
  atMs: number,
): Evaluation {
  const periodMs = settings.queries.periodSeconds * 1000;
  const fromMs = atMs - evaluationRange(settings) * periodMs;
  const latestFirst = pointsOf(settings, store, { fromMs, toMs: atMs });
  const observed = latestFirst.map(({ timeMs, value }) => ({
    age: Math.round((atMs - timeMs) / periodMs),
    breaching: breaches(settings, value),
  }));
  const verdict = judge(observed, settings);
  const points = latestFirst.slice(0, verdict.used);
  const { used, filled } = verdict;
  return { verdict: tooFewSamples(settings, points) ? { used, filled } : verdict, points, atMs };
}

/** Whether none of an alarm's metrics has data in the range of an evaluation. */
export function isSilent({ settings }: Pick<MetricAlarm, "settings">, store: MetricStore, atMs: number): boolean {
  const fromMs = atMs - evaluationRange(settings) * settings.queries.periodSeconds * 1000;
  return settings.queries.metrics.every(({ metric }) => store.lastMs(metric) < fromMs);
}

type Point = Omit<DataPoint, "samples"> & { readonly samples?: number };

function pointsOf(
  settings: MetricAlarmSettings,
  store: MetricStore,
  window: { fromMs: number; toMs: number },
): readonly Point[] {
  const { queries, watchedId, single } = settings;
  if (single !== undefined) return [...queries.read(watchedId, store, window)].reverse();
  const value = queries.value(watchedId, store, window);
  if (value.kind !== "series") return [];
  return [...value.points].map(([timeMs, number]) => ({ timeMs, value: number })).sort((a, b) => b.timeMs - a.timeMs);
}

/**
 * Whether a percentile is not significant: fewer than 10/(1-percentile) samples above the middle, 10/percentile below.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
function tooFewSamples({ single, lowSamples }: MetricAlarmSettings, points: readonly Point[]): boolean {
  const percent = Number(/^p(.+)$/.exec(single?.stat ?? "")?.[1]);
  if (lowSamples !== "ignore" || Number.isNaN(percent)) return false;
  const needed = 1_000 / Math.min(percent, 100 - percent);
  return points.some(({ samples = Infinity }) => samples < needed);
}
