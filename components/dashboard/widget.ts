import type { Metric, MetricMath } from "../metric";

/** What can stand on a dashboard. */
export type Widget = Graph | Text | AlarmList;

interface Sized {
  /** Columns, 1 to 24. @default 8 */
  readonly width?: number;
  /** Rows of the grid. @default 6 */
  readonly height?: number;
}

/** Lines over time. */
export interface Graph extends Sized {
  readonly kind: "graph";
  /** In plain words. */
  readonly title: string;
  /** All of one unit, which the axis is named after; or what an expression makes of some, which alone is drawn. */
  readonly metrics: readonly Metric[] | MetricMath;
  /** Lines above (or below) which an alarm goes off, in the unit of the metrics. */
  readonly thresholds?: readonly { readonly label: string; readonly value: number }[];
  /** Metrics of a second axis, on the right. */
  readonly right?: readonly Metric[];
  /** Seconds that a point stands for. @default 60 */
  readonly periodSeconds?: number;
  /** Where the names of the lines stand: at the right for many. @default "bottom" */
  readonly legend?: "bottom" | "right";
}

export interface Text extends Sized {
  readonly kind: "text";
  readonly markdown: string;
}

/** The states of alarms. */
export interface AlarmList extends Sized {
  readonly kind: "alarms";
  readonly title: string;
}

/** Widgets that belong together, under a heading. */
export interface Row {
  readonly heading: string;
  readonly widgets: readonly Widget[];
}

/** A widget and its place, in columns and rows of the grid. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly widget: Widget;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export const COLUMNS = 24;
const HEADING_HEIGHT = 1;

/** Places rows below each other: first the heading, then the widgets from left to right, in as many lines as they need. */
export function layout(rows: readonly Row[]): readonly Placed[] {
  const placed: Placed[] = [];
  let y = 0;
  for (const { heading, widgets } of rows) {
    const title: Text = { kind: "text", markdown: `## ${heading}` };
    placed.push({ x: 0, y, width: COLUMNS, height: HEADING_HEIGHT, widget: title });
    const lines = inLines(widgets, y + HEADING_HEIGHT);
    placed.push(...lines);
    y = Math.max(y + HEADING_HEIGHT, ...lines.map((line) => line.y + line.height));
  }
  return placed;
}

function inLines(widgets: readonly Widget[], top: number): readonly Placed[] {
  const placed: Placed[] = [];
  let [x, y, below] = [0, top, top];
  for (const widget of widgets) {
    const width = Math.min(COLUMNS, widget.width ?? 8);
    const height = widget.height ?? 6;
    if (x + width > COLUMNS) [x, y] = [0, below];
    placed.push({ x, y, width, height, widget });
    x += width;
    below = Math.max(below, y + height);
  }
  return placed;
}
