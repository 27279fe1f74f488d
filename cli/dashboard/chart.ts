import type { AxisProperties, GraphProperties } from "./dashboardBody";
import { ink, line, lines, num, text, type Box } from "./ink";
import { legendOf } from "./legend";
import type { Series, Span } from "./panels";
import { shortNumber, timeTicks, valueScale, type Scale } from "./scale";

/** A graph, to be drawn into a box. */
export interface Chart {
  readonly graph: GraphProperties;
  readonly series: readonly Series[];
  readonly span: Span;
}

const TITLE_HEIGHT = 26;
const AXIS_WIDTH = 42;
const TIME_HEIGHT = 18;
const PADDING = 12;

/** A graph as SVG: title, axes with their units, thresholds, lines, and a legend. */
export function chart({ graph, series, span }: Chart, box: Box): string {
  const coloured = series.map((one, index) => ({
    ...one,
    colour: one.colour ?? ink.lines[index % ink.lines.length] ?? "",
  }));
  const legend = legendOf(coloured, graph.legend?.position ?? "bottom", box);
  const hasRight = series.some(({ axis }) => axis === "right");
  const plot: Box = {
    x: box.x + AXIS_WIDTH,
    y: box.y + TITLE_HEIGHT + 20,
    width: box.width - AXIS_WIDTH - (hasRight ? AXIS_WIDTH : PADDING) - legend.width,
    height: box.height - TITLE_HEIGHT - 20 - TIME_HEIGHT - legend.height,
  };
  const left = scaleOf(coloured, "left", graph);
  const right = scaleOf(coloured, "right", graph);
  const scaleFor = ({ axis }: Series): Scale => (axis === "left" ? left : right);
  return [
    text(graph.title ?? "", { x: box.x + PADDING, y: box.y + 20 }, { size: 13, weight: 600, fill: ink.title }),
    axisName(graph.yAxis?.left, { x: box.x + PADDING, y: plot.y - 9 }, "start"),
    hasRight ? axisName(graph.yAxis?.right, { x: box.x + box.width - PADDING, y: plot.y - 9 }, "end") : "",
    grid(plot, left),
    hasRight ? marks(plot, right, "end") : "",
    times(plot, span),
    ...coloured.map((one) => strokes(one, plot, { scale: scaleFor(one), span })),
    ...(graph.annotations?.horizontal ?? []).map((limit) => threshold(limit, plot, left)),
    series.every(({ points }) => points.length === 0) ? nothing(plot) : "",
    legend.draw(plot),
  ].join("");
}

/** Of all values on the axis, its thresholds and its own bounds. */
function scaleOf(series: readonly Series[], axis: "left" | "right", { annotations, yAxis }: GraphProperties): Scale {
  const values = series.filter((one) => one.axis === axis).flatMap(({ points }) => points.map(([, value]) => value));
  const limits = axis === "left" ? (annotations?.horizontal ?? []).map(({ value }) => value) : [];
  const { max } = yAxis?.[axis] ?? {};
  return valueScale([...values, ...limits, ...(max === undefined ? [] : [max])]);
}

function axisName(axis: AxisProperties | undefined, at: { x: number; y: number }, anchor: "start" | "end"): string {
  return text(axis?.label ?? "", at, { size: 10, fill: ink.quiet, anchor });
}

function yOf(value: number, { y, height }: Box, { from, to }: Scale): number {
  return y + height - ((value - from) / (to - from)) * height;
}

function xOf(timeMs: number, { x, width }: Box, { fromMs, toMs }: Span): number {
  return x + ((timeMs - fromMs) / (toMs - fromMs)) * width;
}

function grid(plot: Box, scale: Scale): string {
  const rules = scale.ticks.map((value) => {
    const y = yOf(value, plot, scale);
    const stroke = value === 0 ? ink.base : ink.grid;
    return line({ x: plot.x, y }, { x: plot.x + plot.width, y }, { stroke });
  });
  return rules.join("") + marks(plot, scale, "start");
}

function marks(plot: Box, scale: Scale, side: "start" | "end"): string {
  const x = side === "start" ? plot.x - 6 : plot.x + plot.width + 6;
  const anchor = side === "start" ? "end" : "start";
  return scale.ticks
    .map((value) =>
      text(shortNumber(value), { x, y: yOf(value, plot, scale) + 3.5 }, { size: 10, fill: ink.quiet, anchor }),
    )
    .join("");
}

function times(plot: Box, span: Span): string {
  const most = Math.max(2, Math.floor(plot.width / 70));
  return timeTicks({ from: span.fromMs, to: span.toMs }, most)
    .map((at) => {
      const place = { x: xOf(at, plot, span), y: plot.y + plot.height + 14 };
      return text(new Date(at).toISOString().slice(11, 16), place, { size: 10, fill: ink.quiet, anchor: "middle" });
    })
    .join("");
}

/** Points of neighbouring periods are joined; where periods without data lie between, the line ends. */
function strokes(
  { points, periodSeconds, colour = "" }: Series,
  plot: Box,
  { scale, span }: { readonly scale: Scale; readonly span: Span },
): string {
  const runs: [number, number][][] = [];
  let lastMs = -Infinity;
  for (const [timeMs, value] of points) {
    const place: [number, number] = [xOf(timeMs, plot, span), yOf(value, plot, scale)];
    if (timeMs - lastMs > 1_500 * periodSeconds) runs.push([place]);
    else runs.at(-1)?.push(place);
    lastMs = timeMs;
  }
  return lines(runs, colour);
}

function threshold(limit: { readonly value: number; readonly label?: string }, plot: Box, scale: Scale): string {
  const y = yOf(limit.value, plot, scale);
  const label = `${limit.label ?? ""} ${shortNumber(limit.value)}`.trim();
  const above = y > plot.y + 12 ? y - 4 : y + 11;
  return (
    line({ x: plot.x, y }, { x: plot.x + plot.width, y }, { stroke: ink.alarm, dash: "5 3" }) +
    text(label, { x: plot.x + plot.width - 2, y: above }, { size: 9.5, fill: ink.alarm, anchor: "end" })
  );
}

function nothing({ x, y, width, height }: Box): string {
  const centre = { x: num(x + width / 2), y: num(y + height / 2) };
  return text("nothing to report", centre, { size: 11, fill: ink.quiet, anchor: "middle" });
}
