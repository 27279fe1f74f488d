import * as pulumi from "@pulumi/pulumi";
import type { Metric, MetricMath, Unit } from "../metric";
import type { Graph, Placed } from "./widget";

/** What a body needs beside its widgets. */
export interface DashboardSettings {
  readonly region: pulumi.Input<string>;
  /** ARNs of the alarms whose states are shown, at most 100. */
  readonly alarmArns: readonly pulumi.Input<string>[];
}

/** The JSON that CloudWatch draws: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export function dashboardBody(placed: readonly Placed[], settings: DashboardSettings): pulumi.Output<string> {
  return pulumi.jsonStringify({
    start: "-PT3H",
    periodOverride: "inherit",
    widgets: placed.map((one) => rendered(one, settings)),
  });
}

function rendered({ widget, ...place }: Placed, { region, alarmArns }: DashboardSettings): object {
  switch (widget.kind) {
    case "text":
      return { type: "text", ...place, properties: { markdown: widget.markdown, background: "transparent" } };
    case "alarms":
      return { type: "alarm", ...place, properties: { title: widget.title, alarms: alarmArns } };
    case "graph":
      return { type: "metric", ...place, properties: { region, ...graph(widget) } };
  }
}

function graph({ title, metrics, right = [], thresholds = [], periodSeconds = 60, legend = "bottom" }: Graph): object {
  return {
    title,
    view: "timeSeries",
    stacked: false,
    period: periodSeconds,
    legend: { position: legend },
    metrics: [...left(metrics), ...right.map((metric) => line(metric, { yAxis: "right" }))],
    yAxis: {
      left: "expression" in metrics ? axis("percent") : axisOf(metrics),
      ...(right.length > 0 && { right: axisOf(right) }),
    },
    ...(thresholds.length > 0 && {
      annotations: { horizontal: thresholds.map((limit) => ({ ...limit, color: ALARM })) },
    }),
  };
}

function left(metrics: readonly Metric[] | MetricMath): readonly unknown[] {
  if (!("expression" in metrics)) return metrics.map((metric) => line(metric, { yAxis: "left" }));
  const { metrics: read, expression, label } = metrics;
  const hidden = Object.entries(read).map(([id, metric]) => line(metric, { id, visible: false }));
  return [...hidden, [{ id: "drawn", expression, label, yAxis: "left" }]];
}

function line({ settings }: Metric, more: object): unknown[] {
  const { namespace, name, dimensions, statistic: stat, label, colour: color } = settings;
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat, label, ...(color && { color }), ...more }];
}

/** The red of thresholds. */
const ALARM = "#d13212";

const AXES: Readonly<Record<Unit, string>> = {
  count: "count",
  ms: "milliseconds",
  s: "seconds",
  currency: "in the stack's currency",
};

function axisOf([first]: readonly Metric[]): object {
  return axis(AXES[first?.settings.unit ?? "count"]);
}

function axis(label: string): object {
  return { label, min: 0, showUnits: false };
}
