import type { Resource } from "../resource";

/**
 * What AWS bills by the month, whatever happens: a metric that an alarm looks at, an alarm on alarms, a dashboard, a metric
 * of the program's own, one of an API's methods, a key, a web ACL and a rule in it, and a request to an empty queue.
 */
export type MonthlyUnit =
  | "alarmMetric"
  | "compositeAlarm"
  | "dashboard"
  | "customMetric"
  | "methodMetric"
  | "key"
  | "webAcl"
  | "webAclRule"
  | "idlePoll";

export interface MonthlyItem {
  readonly unit: MonthlyUnit;
  readonly resource: string;
  readonly quantity: number;
}

/** A metric as CloudWatch tells it from others. */
export interface NamedMetric {
  readonly namespace: string;
  readonly name: string;
}

/** What the program's resources cost by the month. `metrics` are those that had data; of AWS's own none is billed. */
export function monthlyItems(resources: readonly Resource[], metrics: readonly NamedMetric[]): readonly MonthlyItem[] {
  const own = metrics.filter(({ namespace }) => !namespace.startsWith("AWS/"));
  const named = own.map(({ namespace, name }) => ({ unit: "customMetric" as const, resource: `${namespace} ${name}` }));
  return [...resources.flatMap((resource) => itemsOf(resource, resources)), ...named.map(once)];
}

function itemsOf(resource: Resource, all: readonly Resource[]): readonly MonthlyItem[] {
  const { type, name, inputs } = resource;
  switch (type) {
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
      return [{ unit: "alarmMetric", resource: name, quantity: metricsOf(inputs["metricQueries"]) }];
    case "aws:cloudwatch/compositeAlarm:CompositeAlarm":
      return [once({ unit: "compositeAlarm", resource: name })];
    case "aws:cloudwatch/dashboard:Dashboard":
      return [once({ unit: "dashboard", resource: name })];
    case "aws:apigateway/methodSettings:MethodSettings":
      return methodMetrics(resource, all);
    case "aws:kms/key:Key":
      return [once({ unit: "key", resource: name })];
    case "aws:wafv2/webAcl:WebAcl":
      return [
        once({ unit: "webAcl", resource: name }),
        { unit: "webAclRule", resource: name, quantity: listOf(inputs["rules"]).length },
      ];
    case "aws:lambda/eventSourceMapping:EventSourceMapping":
      return String(inputs["eventSourceArn"]).includes(":sqs:")
        ? [{ unit: "idlePoll", resource: name, quantity: POLLS_A_MONTH }]
        : [];
    default:
      return [];
  }
}

/** An alarm pays for each metric that it looks at, and not for what it makes of them. */
function metricsOf(queries: unknown): number {
  const metrics = listOf(queries).filter((query) => "metric" in query);
  return Math.max(1, metrics.length);
}

/**
 * With `metricsEnabled` a gateway measures each method by itself, and those are billed like a program's own metrics:
 * calls, both kinds of error and both latencies, for each method that is called.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
function methodMetrics({ name, inputs }: Resource, all: readonly Resource[]): readonly MonthlyItem[] {
  const { metricsEnabled } = (inputs["settings"] ?? {}) as { readonly metricsEnabled?: boolean };
  if (metricsEnabled !== true) return [];
  const api = all.find(({ type, outputs }) => type === REST_API && outputs["id"] === inputs["restApi"]);
  const body = api?.inputs["body"];
  const { paths = {} } = JSON.parse(typeof body === "string" ? body : "{}") as {
    readonly paths?: Record<string, object>;
  };
  const methods = Object.values(paths).flatMap((path) => Object.keys(path).filter(isMethod));
  return [{ unit: "methodMetric", resource: name, quantity: METRICS_PER_METHOD * methods.length }];
}

const REST_API = "aws:apigateway/restApi:RestApi";
const METRICS_PER_METHOD = 5;

function isMethod(key: string): boolean {
  return ["get", "put", "post", "delete", "patch", "head"].includes(key);
}

/**
 * Requests that Lambda makes in a month to a queue that stays empty: five pollers, each waiting 20 seconds for a message
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html). A queue that is never empty has none of them.
 */
const POLLS_A_MONTH = (5 * 30 * 86_400) / 20;

function listOf(value: unknown): readonly object[] {
  return Array.isArray(value) ? (value as object[]) : [];
}

function once(item: Omit<MonthlyItem, "quantity">): MonthlyItem {
  return { ...item, quantity: 1 };
}
