import type { Statistic } from "./statistic";
import { ValueCounts } from "./valueCounts";

/** Values that were summed up before they came here. */
export interface StatisticSet {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** All values of one metric in one stretch of time. */
export class Bucket {
  private sampleCount = 0;
  private sum = 0;
  private minimum = Infinity;
  private maximum = -Infinity;
  /** Absent while all values are equal, as they mostly are. */
  private values: ValueCounts | undefined;
  /** Whether a statistic set hides the single values, so that there are no percentiles. */
  private opaque = false;

  get samples(): number {
    return this.sampleCount;
  }

  add(value: number, count = 1): void {
    this.keep(value, count);
    this.sumUp({ sampleCount: count, sum: value * count, minimum: value, maximum: value });
  }

  /** A set whose values are all equal is as good as those values. */
  addSet(set: StatisticSet): void {
    if (set.minimum === set.maximum) return this.add(set.minimum, set.sampleCount);
    this.opaque = true;
    this.sumUp(set);
  }

  merge(other: Bucket): void {
    const { sampleCount, sum, minimum, maximum } = other;
    if (sampleCount === 0) return;
    if (other.opaque) this.opaque = true;
    else if (other.values === undefined) this.keep(minimum, sampleCount);
    else this.spread().merge(other.values);
    this.sumUp({ sampleCount, sum, minimum, maximum });
  }

  /** Undefined for percentiles of which only statistic sets are known. */
  statistic(statistic: Statistic): number | undefined {
    switch (statistic.kind) {
      case "SampleCount":
        return this.sampleCount;
      case "Sum":
        return this.sum;
      case "Average":
        return this.sum / this.sampleCount;
      case "Minimum":
        return this.minimum;
      case "Maximum":
        return this.maximum;
      case "percentile":
        if (this.opaque) return undefined;
        return this.values === undefined ? this.minimum : this.values.percentile(statistic.percent);
    }
  }

  private keep(value: number, count: number): void {
    const allEqual = this.sampleCount === 0 || (this.minimum === value && this.maximum === value);
    if (!allEqual) this.spread().add(value, count);
  }

  private spread(): ValueCounts {
    if (this.values === undefined) {
      this.values = new ValueCounts();
      if (this.sampleCount > 0 && !this.opaque) this.values.add(this.minimum, this.sampleCount);
    }
    return this.values;
  }

  private sumUp({ sampleCount, sum, minimum, maximum }: StatisticSet): void {
    this.sampleCount += sampleCount;
    this.sum += sum;
    this.minimum = Math.min(this.minimum, minimum);
    this.maximum = Math.max(this.maximum, maximum);
  }
}
