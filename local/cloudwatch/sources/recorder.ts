import type { Dimensions } from "../metric";
import type { MetricStore } from "../metricStore";

/** A value of a service's own metric. */
export interface Recorded {
  readonly timeMs: number;
  readonly value: number;
  /** @default "Count" */
  readonly unit?: "Count" | "Milliseconds" | "Seconds" | "Bytes";
}

/** Adds a value to one metric of a namespace. */
export type Record = (name: string, dimensions: Dimensions, recorded: Recorded) => void;

/** Records metrics of one namespace, for example `AWS/Lambda`. */
export function recorder(store: MetricStore, namespace: string): Record {
  return (name, dimensions, { timeMs, value, unit = "Count" }) =>
    store.add({ metric: { namespace, name, dimensions }, timeMs, values: [[value, 1]], unit });
}
