/**
 * The body of a dashboard as CloudWatch keeps it, as far as this project's dashboards use it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface DashboardBody {
  readonly widgets: readonly BodyWidget[];
}

export type BodyWidget = Place &
  (
    | { readonly type: "text"; readonly properties: { readonly markdown: string } }
    | { readonly type: "alarm"; readonly properties: { readonly title?: string; readonly alarms: readonly string[] } }
    | { readonly type: "metric"; readonly properties: GraphProperties }
  );

/** In columns (of 24) and rows of the grid. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphProperties {
  readonly title?: string;
  /** Each `[namespace, name, dimension, value, …, rendering]`, or `[rendering]` with an expression. */
  readonly metrics: readonly (readonly (string | Rendering)[])[];
  readonly stat?: string;
  /** Seconds. */
  readonly period?: number;
  readonly legend?: { readonly position: "bottom" | "right" | "hidden" };
  readonly yAxis?: { readonly left?: AxisProperties; readonly right?: AxisProperties };
  readonly annotations?: { readonly horizontal?: readonly Threshold[] };
}

export interface Rendering {
  readonly id?: string;
  readonly expression?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly visible?: boolean;
  readonly color?: string;
  readonly yAxis?: "left" | "right";
}

export interface AxisProperties {
  readonly label?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface Threshold {
  readonly value: number;
  readonly label?: string;
  readonly color?: string;
}

/** Reads a body. Throws when it is none, or when it holds what nobody here can draw. */
export function readBody(json: string): DashboardBody {
  const { widgets } = JSON.parse(json) as { readonly widgets?: readonly { readonly type: string }[] };
  if (!Array.isArray(widgets)) throw new Error("The dashboard has no widgets.");
  const strange = (widgets as readonly BodyWidget[]).find(({ type }) => !["text", "alarm", "metric"].includes(type));
  if (strange !== undefined) throw new Error(`Nobody here can draw a widget of type ${strange.type}.`);
  return { widgets: widgets as readonly BodyWidget[] };
}
