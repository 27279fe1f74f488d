import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";

/** Of a metric: namespace, name, dimensions by name and value, and options; or options alone, with an expression. */
type MetricEntry = readonly (string | MetricOptions)[];

interface MetricOptions {
  readonly id?: string;
  readonly expression?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly visible?: boolean;
  readonly yAxis?: "left" | "right";
}

export interface MetricProperties {
  readonly metrics?: readonly MetricEntry[];
  readonly period?: number;
  readonly stat?: string;
}

export interface WidgetQueries {
  readonly queries: readonly MetricDataQuery[];
  /** What is drawn of them, in the widget's order. */
  readonly shown: readonly { readonly id: string; readonly label: string; readonly axis: "left" | "right" }[];
}

/**
 * The queries behind a metric widget.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function queriesOf({ metrics = [], period = 300, stat = "Average" }: MetricProperties): WidgetQueries {
  const entries = written(metrics).map(({ names, options }, at) => ({ names, options, id: options.id ?? `q${at}` }));
  const queries = entries.map(({ names, options, id }): MetricDataQuery => {
    const returned = { Id: id, ReturnData: options.visible !== false };
    if (options.expression !== undefined) return { ...returned, Expression: options.expression };
    const [Namespace, MetricName, ...pairs] = names;
    const Dimensions = pairs.flatMap((name, index) =>
      index % 2 === 0 ? [{ Name: name, Value: pairs[index + 1] ?? "" }] : [],
    );
    return {
      ...returned,
      MetricStat: {
        Metric: { Namespace, MetricName, Dimensions },
        Period: options.period ?? period,
        Stat: options.stat ?? stat,
      },
    };
  });
  const shown = entries
    .filter(({ options }) => options.visible !== false)
    .map(({ names, options, id }) => ({ id, label: options.label ?? names[1] ?? id, axis: options.yAxis ?? "left" }));
  return { queries, shown };
}

/** Entries in full: a dot stands for the same as in the entry before, three dots for all that begins it. */
function written(
  metrics: readonly MetricEntry[],
): { readonly names: readonly string[]; readonly options: MetricOptions }[] {
  let before: readonly string[] = [];
  return metrics.map((entry) => {
    const options = entry.find((part) => typeof part === "object") ?? {};
    const texts = entry.filter((part) => typeof part === "string");
    const filled =
      texts[0] === "..." ? [...before.slice(0, before.length - (texts.length - 1)), ...texts.slice(1)] : texts;
    const names = filled.map((text, at) => (text === "." ? (before[at] ?? text) : text));
    if (names.length > 0) before = names;
    return { names, options };
  });
}
