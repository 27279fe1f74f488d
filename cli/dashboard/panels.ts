import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { BodyWidget, DashboardBody, GraphProperties, Place, Rendering } from "./dashboardBody";

/** One line of a graph. */
export interface Series {
  readonly label: string;
  readonly axis: "left" | "right";
  /** As the dashboard asks for it; absent: the drawer's choice. */
  readonly colour?: string;
  /** How long a point stands for. */
  readonly periodSeconds: number;
  /** Ms since 1970 and value, oldest first; periods without data have no point. */
  readonly points: readonly (readonly [timeMs: number, value: number])[];
}

/** A widget with all that it shows. */
export type Panel = { readonly place: Place } & (
  | { readonly kind: "text"; readonly markdown: string }
  | { readonly kind: "alarms"; readonly title: string; readonly alarmNames: readonly string[] }
  | { readonly kind: "graph"; readonly graph: GraphProperties; readonly series: readonly Series[] }
);

/** A stretch of time, in ms since 1970. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a query came to. */
export interface Found {
  readonly id: string;
  readonly points: Series["points"];
}

/** Where metrics are read: GetMetricData, for one graph at a time. */
export type MetricReader = (queries: readonly MetricDataQuery[], span: Span) => Promise<readonly Found[]>;

/** The panels of a dashboard, each graph with its series in that span of time. */
export function panelsOf({ widgets }: DashboardBody, read: MetricReader, span: Span): Promise<readonly Panel[]> {
  return Promise.all(widgets.map((widget) => panelOf(widget, read, span)));
}

async function panelOf(widget: BodyWidget, read: MetricReader, span: Span): Promise<Panel> {
  const { x, y, width, height } = widget;
  const place = { x, y, width, height };
  switch (widget.type) {
    case "text":
      return { kind: "text", place, markdown: widget.properties.markdown };
    case "alarm": {
      const { title = "", alarms } = widget.properties;
      return { kind: "alarms", place, title, alarmNames: alarms.map((arn) => arn.split(":alarm:")[1] ?? arn) };
    }
    case "metric": {
      const lines = widget.properties.metrics.map((line, index) => lineOf(line, index, widget.properties));
      const found = await read(
        lines.map(({ query }) => query),
        span,
      );
      const points = new Map(found.map((one) => [one.id, one.points]));
      const shown = lines.filter(({ query }) => query.ReturnData);
      const series = shown.map(({ look, query }) => ({ ...look, points: points.get(query.Id ?? "") ?? [] }));
      return { kind: "graph", place, graph: widget.properties, series };
    }
  }
}

interface Line {
  readonly query: MetricDataQuery;
  readonly look: Omit<Series, "points">;
}

function lineOf(line: readonly (string | Rendering)[], index: number, properties: GraphProperties): Line {
  const rendering = line.find((part) => typeof part === "object") ?? {};
  const names = line.filter((part) => typeof part === "string");
  const { id = `line${index}`, label, visible = true, yAxis: axis = "left", color } = rendering;
  const period = rendering.period ?? properties.period ?? 300;
  const look = { axis, periodSeconds: period, ...(color !== undefined && { colour: color }) };
  const asked = { Id: id, ReturnData: visible };
  if (rendering.expression !== undefined) {
    const query = { ...asked, Expression: rendering.expression };
    return { query, look: { ...look, label: label ?? rendering.expression } };
  }
  const [Namespace = "", MetricName = "", ...dimensions] = names;
  const Metric = { Namespace, MetricName, Dimensions: pairs(dimensions) };
  const Stat = rendering.stat ?? properties.stat ?? "Average";
  return {
    query: { ...asked, MetricStat: { Metric, Period: period, Stat } },
    look: { ...look, label: label ?? MetricName },
  };
}

function pairs(names: readonly string[]): { Name: string; Value: string }[] {
  const starts = names.flatMap((Name, at) => (at % 2 === 0 ? [{ Name, Value: names[at + 1] ?? "" }] : []));
  return starts;
}
