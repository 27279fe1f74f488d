import { Type, type TSchema } from "@sinclair/typebox";
import Ajv from "ajv";

/**
 * The body of a dashboard, after
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html: metric, text
 * and alarm widgets whole. Of what the page has besides (variables, logs, explorers) the program uses nothing; it is
 * refused here, so that whoever begins to use it writes it down here first.
 */
const closed = <Properties extends Record<string, TSchema>>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });
const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema);
const text = Type.String({ minLength: 1 });
const colour = Type.String({ pattern: "^#[0-9a-fA-F]{6}$" });
const choice = (...values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));

/** ISO 8601: a time, or how long ago. */
const time = Type.String({ pattern: "^(-P\\d*[A-Z0-9]+|\\d{4}-\\d{2}-\\d{2}T.+Z)$" });
/** 1, 5, 10 and 30 only for metrics of high resolution, of which there are none here. */
const period = Type.Integer({ minimum: 60, multipleOf: 60 });
const stat = Type.String({
  pattern: "^(SampleCount|Average|Sum|Minimum|Maximum|IQM|p\\d{1,2}(\\.\\d+)?|(tm|tc|ts|wm|TM|TC|TS|WM|PR).+)$",
});
const side = choice("left", "right");
const id = Type.String({ pattern: "^[a-z][a-zA-Z0-9_]*$" });

/** How a metric is rendered: the last element of its array. */
const rendering = {
  accountId: maybe(Type.String({ pattern: "^\\d{12}$" })),
  color: maybe(colour),
  id: maybe(id),
  label: maybe(text),
  period: maybe(period),
  region: maybe(text),
  stat: maybe(stat),
  visible: maybe(Type.Boolean()),
  yAxis: maybe(side),
};
/** `[namespace, name, dimension, value, …, { rendering }]`, with at most 30 dimensions, or `[{ expression, … }]`. */
const metric = Type.Union([
  Type.Array(Type.Union([text, closed(rendering)]), { minItems: 2, maxItems: 63 }),
  Type.Array(closed({ ...rendering, expression: Type.String({ minLength: 1, maxLength: 2048 }) }), {
    minItems: 1,
    maxItems: 1,
  }),
]);

const axis = closed({
  label: maybe(text),
  min: maybe(Type.Number()),
  max: maybe(Type.Number()),
  showUnits: maybe(Type.Boolean()),
});
const horizontal = {
  value: Type.Number(),
  label: maybe(text),
  color: maybe(colour),
  fill: maybe(choice("above", "below", "none")),
  visible: maybe(Type.Boolean()),
  yAxis: maybe(side),
};
const vertical = {
  value: time,
  label: maybe(text),
  color: maybe(colour),
  fill: maybe(choice("before", "after", "none")),
  visible: maybe(Type.Boolean()),
};
const arn = Type.String({ pattern: "^arn:" });

const metricProperties = closed({
  region: text,
  metrics: Type.Array(metric, { minItems: 1, maxItems: 500 }),
  title: maybe(text),
  view: maybe(choice("timeSeries", "singleValue", "gauge", "bar", "pie", "table")),
  stacked: maybe(Type.Boolean()),
  period: maybe(period),
  stat: maybe(stat),
  start: maybe(time),
  end: maybe(time),
  accountId: maybe(text),
  timezone: maybe(Type.String({ pattern: "^[+-]\\d{4}$" })),
  liveData: maybe(Type.Boolean()),
  legend: maybe(closed({ position: choice("right", "bottom", "hidden") })),
  setPeriodToTimeRange: maybe(Type.Boolean()),
  singleValueFullPrecision: maybe(Type.Boolean()),
  sparkline: maybe(Type.Boolean()),
  trend: maybe(Type.Boolean()),
  yAxis: maybe(closed({ left: maybe(axis), right: maybe(axis) })),
  annotations: maybe(
    closed({
      alarms: maybe(Type.Array(arn, { maxItems: 1 })),
      // Two in a list of their own are a band.
      horizontal: maybe(
        Type.Array(Type.Union([closed(horizontal), Type.Array(closed(horizontal), { minItems: 2, maxItems: 2 })])),
      ),
      vertical: maybe(
        Type.Array(Type.Union([closed(vertical), Type.Array(closed(vertical), { minItems: 2, maxItems: 2 })])),
      ),
    }),
  ),
});
const textProperties = closed({ markdown: text, background: maybe(choice("transparent", "solid")) });
const alarmProperties = closed({
  alarms: Type.Array(arn, { minItems: 1, maxItems: 100 }),
  title: maybe(text),
  sortBy: maybe(choice("default", "stateUpdatedTimestamp", "timestamp")),
  states: maybe(Type.Array(choice("ALARM", "INSUFFICIENT_DATA", "OK"), { minItems: 1, uniqueItems: true })),
});

const widget = (type: string, properties: TSchema) =>
  closed({
    type: Type.Literal(type),
    // The page makes places optional; without them CloudWatch would choose, and nobody could know of overlaps.
    x: Type.Integer({ minimum: 0, maximum: 23 }),
    y: Type.Integer({ minimum: 0 }),
    width: Type.Integer({ minimum: 1, maximum: 24 }),
    height: Type.Integer({ minimum: 1, maximum: 1000 }),
    properties,
  });

const body = closed({
  start: maybe(time),
  end: maybe(time),
  periodOverride: maybe(choice("auto", "inherit")),
  widgets: Type.Array(
    Type.Union([widget("metric", metricProperties), widget("text", textProperties), widget("alarm", alarmProperties)]),
    { maxItems: 500 },
  ),
});

/**
 * What is wrong with a dashboard's body, in any words: against the schema, with metrics that are no pairs of dimension
 * and value, with expressions that name what is not there, or with widgets that overlap or reach beyond the 24 columns.
 */
export function checkDashboard(json: string): string[] {
  const document = JSON.parse(json);
  const validate = new Ajv({ allErrors: true, strict: false }).compile(body);
  if (!validate(document))
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const { widgets } = document as { readonly widgets: readonly any[] };
  return [...widgets.flatMap(({ properties }, at) => misreadable(at, properties.metrics ?? [])), ...misplaced(widgets)];
}

function misreadable(at: number, metrics: readonly unknown[][]): string[] {
  const renderings = metrics.map((line) => line.at(-1)).filter((last): last is any => typeof last === "object");
  const ids = renderings.flatMap(({ id }) => (id === undefined ? [] : [id as string]));
  const twice = ids.filter((one, index) => ids.indexOf(one) !== index);
  const named = renderings.flatMap(({ expression = "" }) => String(expression).match(/\b[a-z]\w*\b/g) ?? []);
  const odd = metrics.filter((line) => line.filter((part) => typeof part === "string").length % 2 === 1);
  const misused = metrics.filter((line) => line.slice(0, -1).some((part) => typeof part === "object"));
  return [
    ...twice.map((one) => `widget ${at} has ${one} twice`),
    ...named.filter((name) => !ids.includes(name)).map((name) => `widget ${at} has no ${name} for its expression`),
    ...odd.map((line) => `widget ${at} has a dimension without a value: ${JSON.stringify(line)}`),
    ...misused.map((line) => `widget ${at} has a rendering before the end: ${JSON.stringify(line)}`),
  ];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Widgets that lie on one another, or beyond the right edge. */
export function misplaced(places: readonly Place[]): string[] {
  return places.flatMap((one, index) => {
    const beyond = one.x + one.width > 24 ? [`widget ${index} reaches beyond column 24`] : [];
    const on = places.findIndex((other, at) => at < index && overlap(one, other));
    return on === -1 ? beyond : [...beyond, `widget ${index} lies on ${on}`];
  });
}

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
