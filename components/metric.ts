import type * as pulumi from "@pulumi/pulumi";

/** What a period's values are boiled down to: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
export type Statistic = "Sum" | "Average" | "Minimum" | "Maximum" | "SampleCount" | `p${number}`;

/** What a metric's values are counted in. */
export type Unit = "count" | "ms" | "s" | "currency";

/** What a metric is, and how it is looked at. */
export interface MetricSettings {
  /** For example `AWS/Lambda`. */
  readonly namespace: string;
  readonly name: string;
  /** Name to value; a metric is told apart by all of them. */
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: Statistic;
  readonly unit: Unit;
  /** What a line in a graph is called, in plain words. */
  readonly label: string;
  /** Of the line, as `#rrggbb`, where it is to say something. @default whatever is free */
  readonly colour?: string;
}

/** A metric of CloudWatch, for graphs and alarms alike. Components make them, so that each name is written once. */
export class Metric {
  constructor(readonly settings: MetricSettings) {}

  /** The same metric looked at in another way. */
  with(changes: Partial<Pick<MetricSettings, "statistic" | "label" | "colour">>): Metric {
    return new Metric({ ...this.settings, ...changes });
  }
}

/** Metrics brought together by an expression: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
export interface MetricMath {
  /** By the names that the expression calls them by. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly expression: string;
  /** What the expression comes to, in plain words. */
  readonly label: string;
}
