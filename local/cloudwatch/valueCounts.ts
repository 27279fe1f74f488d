/** Distinct values that are kept as they are. */
const EXACT = 128;
/** Beyond that, values are rounded to steps of one per cent, which also bounds how many there can be. */
const LOG_STEP = Math.log(1.01);

/**
 * How often each value occurred, for percentiles: exact up to 128 distinct values, within half a per cent beyond.
 * CloudWatch keeps a sketch of its own, of which it tells nothing.
 */
export class ValueCounts {
  private counts = new Map<number, number>();
  private rounding = false;

  add(value: number, count: number): void {
    const kept = this.rounding ? rounded(value) : value;
    this.counts.set(kept, (this.counts.get(kept) ?? 0) + count);
    if (!this.rounding && this.counts.size > EXACT) this.coarsen();
  }

  merge(other: ValueCounts): void {
    for (const [value, count] of other.counts) this.add(value, count);
  }

  /** The smallest kept value with at least `percent` of all values at or below it. */
  percentile(percent: number): number {
    const sorted = [...this.counts].sort(([a], [b]) => a - b);
    const total = sorted.reduce((sum, [, count]) => sum + count, 0);
    let below = 0;
    for (const [value, count] of sorted) {
      below += count;
      if (below >= (percent / 100) * total) return value;
    }
    return sorted.at(-1)?.[0] ?? NaN;
  }

  private coarsen(): void {
    const exact = this.counts;
    this.counts = new Map();
    this.rounding = true;
    for (const [value, count] of exact) this.add(value, count);
  }
}

function rounded(value: number): number {
  if (value === 0) return 0;
  return Math.sign(value) * Math.exp(Math.round(Math.log(Math.abs(value)) / LOG_STEP) * LOG_STEP);
}
