import Ajv from "ajv";

const whole = (minimum: number, maximum: number) => ({ type: "integer", minimum, maximum });
const text = { type: "string", minLength: 1 };
const axis = {
  type: "object",
  additionalProperties: false,
  properties: { label: text, min: { type: "number" }, showUnits: { type: "boolean" } },
};

const rendering = {
  type: "object",
  additionalProperties: false,
  properties: {
    stat: { type: "string", pattern: "^(Sum|Average|Minimum|Maximum|SampleCount|p[0-9.]+)$" },
    label: text,
    yAxis: { enum: ["left", "right"] },
    id: { type: "string", pattern: "^[a-z][a-zA-Z0-9_]*$" },
    visible: { type: "boolean" },
    expression: text,
  },
};

/** The parts of https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html in use. */
const SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["widgets"],
  properties: {
    start: { type: "string", pattern: "^-P" },
    periodOverride: { enum: ["auto", "inherit"] },
    widgets: {
      type: "array",
      maxItems: 500,
      items: {
        type: "object",
        required: ["type", "x", "y", "width", "height", "properties"],
        additionalProperties: false,
        properties: {
          type: text,
          x: whole(0, 23),
          y: whole(0, 10_000),
          width: whole(1, 24),
          height: whole(1, 1000),
          properties: { type: "object" },
        },
        oneOf: [
          {
            properties: {
              type: { const: "text" },
              properties: {
                required: ["markdown"],
                additionalProperties: false,
                properties: { markdown: text, background: { enum: ["transparent", "solid"] } },
              },
            },
          },
          {
            properties: {
              type: { const: "alarm" },
              properties: {
                required: ["alarms"],
                additionalProperties: false,
                properties: {
                  title: text,
                  alarms: { type: "array", minItems: 1, maxItems: 100, items: { type: "string", pattern: "^arn:" } },
                },
              },
            },
          },
          {
            properties: {
              type: { const: "metric" },
              properties: {
                required: ["region", "metrics", "title", "period", "yAxis"],
                additionalProperties: false,
                properties: {
                  region: text,
                  title: text,
                  view: { enum: ["timeSeries", "singleValue", "gauge", "bar", "pie", "table"] },
                  stacked: { type: "boolean" },
                  period: { type: "integer", minimum: 60, multipleOf: 60 },
                  metrics: {
                    type: "array",
                    minItems: 1,
                    maxItems: 500,
                    items: { type: "array", minItems: 1, maxItems: 63, items: { anyOf: [text, rendering] } },
                  },
                  yAxis: { type: "object", additionalProperties: false, properties: { left: axis, right: axis } },
                  annotations: {
                    type: "object",
                    additionalProperties: false,
                    properties: {
                      horizontal: {
                        type: "array",
                        items: {
                          type: "object",
                          required: ["value"],
                          additionalProperties: false,
                          properties: { label: text, value: { type: "number" } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        ],
      },
    },
  },
};

/** What is wrong with a dashboard's body, in any words; widgets that overlap or reach beyond the 24 columns included. */
export function checkDashboard(body: string): string[] {
  const document = JSON.parse(body);
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);
  const problems = validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return [...problems, ...misplaced(document.widgets)];
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
