import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import type { DashboardWidget } from "../../pages";
import { minute, shortCount } from "../format";
import { dark } from "../theme";

const HEIGHT = 150;
const COLOURS = ["#0f8f83", "#c2570c", "#3b6fd6", "#b0268f", "#7a8b14", "#b01c2e", "#6b58c9", "#4d7c8a"];

interface ChartProps {
  readonly widget: DashboardWidget;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A widget's series over time; drawn when it comes into sight, because a dashboard has many. */
export function Chart({ widget, fromMs, toMs }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  const draw = (): void => {
    plot.current?.destroy();
    if (place.current !== null) plot.current = drawn(place.current, { widget, fromMs, toMs });
  };
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return;
      seen.disconnect();
      draw();
    });
    seen.observe(element);
    return () => {
      seen.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [widget]);
  useSignalEffect(() => {
    void dark.value;
    if (plot.current !== undefined) draw();
  });
  const series = widget.series ?? [];
  return (
    <>
      <div ref={place} class="chart" style={{ height: `${HEIGHT}px` }} role="img" aria-label={summaryOf(widget)} />
      <ul class="legend">
        {series.map(({ label, points }, at) => (
          <li key={label}>
            <i style={{ background: colourOf(at) }} /> {label} <b>{lastOf(points)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function drawn(element: HTMLElement, { widget, fromMs, toMs }: ChartProps): UPlot {
  const { series = [], limits = [] } = widget;
  const style = getComputedStyle(document.documentElement);
  const [ink, line, bad] = ["--dim", "--line", "--bad"].map((name) => style.getPropertyValue(name).trim());
  const axis = {
    stroke: ink ?? "",
    grid: { stroke: line ?? "", width: 1 },
    ticks: { show: false },
    font: "11px Inter",
  };
  const values = (_: UPlot, splits: number[]): string[] =>
    splits.map((value) => (Number.isInteger(value) ? shortCount(value) : String(Number(value.toPrecision(3)))));
  const scales = {
    x: { time: true, min: fromMs / 1000, max: toMs / 1000 },
    left: { range: rangeOf(limits) },
    right: { range: rangeOf([]) },
  };
  const right = series.some((one) => one.axis === "right");
  return new UPlot(
    {
      ...{ width: element.clientWidth, height: HEIGHT, scales, legend: { show: false }, cursor: { y: false } },
      // The last time on the axis stands half beyond it.
      padding: [8, right ? 8 : 18, 0, 0],
      axes: [
        { ...axis, grid: { show: false }, size: 26, values: (_, splits) => splits.map((at) => minute(at * 1000)) },
        { ...axis, scale: "left", size: 42, values },
        ...(right ? [{ ...axis, scale: "right", side: 1 as const, size: 42, values, grid: { show: false } }] : []),
      ],
      series: [
        {},
        ...series.map((one, at) => ({
          ...{ label: one.label, scale: one.axis, stroke: colourOf(at), width: 1.6, spanGaps: true },
          points: { show: one.points.length < 30, size: 4 },
        })),
      ],
      hooks: { draw: [(plot) => limits.forEach(({ value }) => drawLimit(plot, value, bad ?? "red"))] },
    },
    alignedOf(series),
    element,
  );
}

function rangeOf(
  limits: readonly { readonly value: number }[],
): (plot: UPlot, least: number | null, most: number | null) => [number, number] {
  const top = Math.max(0, ...limits.map(({ value }) => value));
  return (_, least, most) => [Math.min(0, least ?? 0), Math.max(1, most ?? 0, top) * 1.1];
}

/** uPlot wants one list of times for all series. */
function alignedOf(series: NonNullable<DashboardWidget["series"]>): UPlot.AlignedData {
  const times = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  return [
    times,
    ...series.map(({ points }) => {
      const values = new Map(points);
      return times.map((at) => values.get(at) ?? null);
    }),
  ];
}

function drawLimit(plot: UPlot, value: number, colour: string): void {
  const y = plot.valToPos(value, "left", true);
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

function colourOf(at: number): string {
  return COLOURS[at % COLOURS.length] ?? "#0f8f83";
}

function lastOf(points: readonly (readonly [number, number])[]): string {
  const value = points.at(-1)?.[1];
  return value === undefined
    ? "no data"
    : Number.isInteger(value)
      ? shortCount(value)
      : String(Number(value.toPrecision(3)));
}

function summaryOf({ title, series = [] }: DashboardWidget): string {
  return `${title}: ${series.map(({ label, points }) => `${label} ${lastOf(points)}`).join(", ")}`;
}
