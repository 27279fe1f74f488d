import { Bucket, type StatisticSet } from "./bucket";
import { metricKey, NO_UNIT, type MetricId } from "./metric";
import { MetricSeries, type Resolution } from "./metricSeries";
import type { Statistic } from "./statistic";

/** One or more values of a metric at one time. */
export interface Datum {
  readonly metric: MetricId;
  /** Ms since 1970. */
  readonly timeMs: number;
  /** Values with how often each occurred, or a set that was summed up elsewhere. */
  readonly values: readonly (readonly [value: number, count: number])[] | StatisticSet;
  /** @default "None" */
  readonly unit?: string | undefined;
  /** Whether it is kept by the second too. @default false */
  readonly highResolution?: boolean | undefined;
}

/** Which statistic to read, of which stretches of time. */
export interface DataQuery {
  readonly statistic: Statistic;
  /** 1, 5, 10, 20, 30 or a multiple of 60; data of less than a minute exist for metrics of high resolution only. */
  readonly periodSeconds: number;
  /** The start of the first period. Rounded down to the minute, or the second. */
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
  /** Absent: whatever the unit is. */
  readonly unit?: string | undefined;
}

/** A statistic of one period that has data. */
export interface DataPoint {
  /** The start of the period. */
  readonly timeMs: number;
  readonly value: number;
  readonly samples: number;
}

/** A metric that has had data, for lists. */
export interface KnownMetric {
  readonly metric: MetricId;
  readonly lastMs: number;
}

interface Stored {
  readonly metric: MetricId;
  readonly byUnit: Map<string, MetricSeries>;
}

/** Metrics that are kept; the one that was written to least recently makes room. */
export const MOST_METRICS = 10_000;

const MINUTES: readonly Resolution[] = ["minutes"];
const BOTH: readonly Resolution[] = ["minutes", "seconds"];

/**
 * All metrics, in memory: by the minute for 15 hours, by the second for 3 hours where asked for (CloudWatch keeps
 * minutes for 15 days), of at most {@link MOST_METRICS} metrics. Times are those that the data carry; nothing is read
 * from a clock here.
 */
export class MetricStore {
  private readonly metrics = new Map<string, Stored>();

  add({ metric, timeMs, values, unit = NO_UNIT, highResolution = false }: Datum): void {
    const { byUnit } = this.stored(metric);
    const series = byUnit.get(unit) ?? new MetricSeries();
    byUnit.set(unit, series);
    series.add(timeMs, highResolution ? BOTH : MINUTES, (bucket) => {
      if ("sampleCount" in values) bucket.addSet(values);
      else for (const [value, count] of values) if (count > 0) bucket.add(value, count);
    });
  }

  /** The periods that have data, oldest first. */
  points(metric: MetricId, query: DataQuery): readonly DataPoint[] {
    const series = this.seriesOf(metric, query.unit);
    const { statistic, periodSeconds, toMs } = query;
    const resolution = periodSeconds < 60 ? "seconds" : "minutes";
    const grainMs = resolution === "minutes" ? 60_000 : 1_000;
    const points: DataPoint[] = [];
    let timeMs = query.fromMs - (query.fromMs % grainMs);
    for (; timeMs < toMs && series.length > 0; timeMs += periodSeconds * 1000) {
      const whole = new Bucket();
      for (const one of series) {
        one.collect(whole, resolution, { fromMs: timeMs, toMs: timeMs + periodSeconds * 1000 });
      }
      const value = whole.samples === 0 ? undefined : whole.statistic(statistic);
      if (value !== undefined) points.push({ timeMs, value, samples: whole.samples });
    }
    return points;
  }

  /** When a metric's latest data point was; -Infinity for one that never had any. */
  lastMs(metric: MetricId): number {
    return Math.max(-Infinity, ...this.seriesOf(metric).map(({ lastMs }) => lastMs));
  }

  /** The unit in which a metric has data, when it is one. */
  unitOf(metric: MetricId): string {
    const units = [...(this.metrics.get(metricKey(metric))?.byUnit.keys() ?? [])];
    return units.length === 1 ? (units[0] as string) : NO_UNIT;
  }

  /** Every metric that has data, by when it was last written to. */
  all(): readonly KnownMetric[] {
    return [...this.metrics.values()].map(({ metric }) => ({ metric, lastMs: this.lastMs(metric) }));
  }

  private stored(metric: MetricId): Stored {
    const key = metricKey(metric);
    const stored = this.metrics.get(key) ?? { metric, byUnit: new Map<string, MetricSeries>() };
    this.metrics.delete(key);
    this.metrics.set(key, stored);
    const oldest = this.metrics.size > MOST_METRICS ? this.metrics.keys().next().value : undefined;
    if (oldest !== undefined) this.metrics.delete(oldest);
    return stored;
  }

  private seriesOf(metric: MetricId, unit?: string): readonly MetricSeries[] {
    const byUnit = this.metrics.get(metricKey(metric))?.byUnit;
    if (byUnit === undefined) return [];
    const one = unit === undefined ? undefined : byUnit.get(unit);
    if (unit !== undefined) return one === undefined ? [] : [one];
    return [...byUnit.values()];
  }
}
