import { Bucket } from "./bucket";

/** How long data are kept, in ms of the runtime's clock. */
export const KEPT_MS = { minutes: 15 * 3_600_000, seconds: 3 * 3_600_000 } as const;

const RESOLUTION_MS = { minutes: 60_000, seconds: 1_000 } as const;

/** Where data points go: by minute always, by second too for a metric of high resolution. */
export type Resolution = keyof typeof RESOLUTION_MS;

/** The data points of one metric in one unit, in buckets of a minute, and of a second when asked for. */
export class MetricSeries {
  lastMs = -Infinity;
  private readonly minutes = new Map<number, Bucket>();
  private readonly seconds = new Map<number, Bucket>();

  /** Adds to the bucket of that time; `change` is told the bucket. */
  add(timeMs: number, highResolution: readonly Resolution[], change: (bucket: Bucket) => void): void {
    this.lastMs = Math.max(this.lastMs, timeMs);
    for (const resolution of highResolution) change(this.bucket(resolution, timeMs));
  }

  /** Merges into `whole` what lies from one time up to another, both multiples of the resolution. */
  collect(whole: Bucket, resolution: Resolution, { fromMs, toMs }: { fromMs: number; toMs: number }): void {
    const buckets = this[resolution];
    if (buckets.size === 0) return;
    for (let atMs = fromMs; atMs < toMs; atMs += RESOLUTION_MS[resolution]) {
      const bucket = buckets.get(atMs);
      if (bucket !== undefined) whole.merge(bucket);
    }
  }

  private bucket(resolution: Resolution, timeMs: number): Bucket {
    const buckets = this[resolution];
    const startMs = timeMs - (timeMs % RESOLUTION_MS[resolution]);
    const known = buckets.get(startMs);
    if (known !== undefined) return known;
    const bucket = new Bucket();
    buckets.set(startMs, bucket);
    if (buckets.size > KEPT_MS[resolution] / RESOLUTION_MS[resolution]) this.drop(resolution);
    return bucket;
  }

  private drop(resolution: Resolution): void {
    const oldestMs = this.lastMs - KEPT_MS[resolution];
    for (const startMs of this[resolution].keys()) if (startMs <= oldestMs) this[resolution].delete(startMs);
  }
}
