/** Names to values; a metric is told apart by all of them. */
export type Dimensions = Readonly<Record<string, string>>;

/** What tells one metric from another: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html */
export interface MetricId {
  /** For example `AWS/Lambda`. */
  readonly namespace: string;
  readonly name: string;
  /** At most 30. */
  readonly dimensions: Dimensions;
}

/** A text that is the same for the same metric, whatever the order of its dimensions. */
export function metricKey({ namespace, name, dimensions }: MetricId): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, pairs]);
}

/** A metric's dimensions as the API lists them. */
export function dimensionList(dimensions: Dimensions): readonly { readonly Name: string; readonly Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** Dimensions that one metric may have. */
export const MOST_DIMENSIONS = 30;

const RATES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"];
const BIT_RATES = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];
const COUNTED = [...RATES, ...BIT_RATES, "Count"];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const UNITS: ReadonlySet<string> = new Set([
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "None"],
  ...COUNTED,
  ...COUNTED.map((unit) => `${unit}/Second`),
]);

/** The unit of a value that is given none. */
export const NO_UNIT = "None";
