import { AsyncLocalStorage } from "node:async_hooks";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { LineFormatter } from "./lineFormatter";
import { logLevels, type Level } from "./logLevels";

/** The namespace of every metric of the application. */
export const METRICS_NAMESPACE = "OrderingSystem";

/**
 * Business metrics that count what happened, with the one dimension `service` (the function that counted): an id or a
 * tenant as a dimension would make, and bill, a metric for each of its values.
 */
export type Count =
  | "OrderCreated"
  | "OrderProcessed"
  | "OrderProcessingFailed"
  | "InventoryReserved"
  | "InventoryReleased"
  | "PaymentProcessed"
  | "PaymentFailed"
  | "PaymentRefunded"
  | "ReceiptIssued"
  | "OrderConfirmed"
  | "OrderFailed"
  | "OrderFaulted"
  | "OrderPlacedEventEmitted"
  | "OrdersRequeued"
  | "LedgerDefaultPartitionRows"
  | "EventRecorded"
  | "EventContradicted"
  | "RateLimited"
  | "LimiterUnavailable"
  | "BackPressureApplied"
  | "QueueDepthUnavailable"
  | "CustomerNotified"
  | "CustomerNotificationFailed";

/** Business metrics that measure how much, and their units. Revenue is in the stack's currency, in euros and not in cents. */
const MEASURES = { OrderRevenue: MetricUnit.NoUnit, UnitsSold: MetricUnit.Count } as const;

export type Measure = keyof typeof MEASURES;

export type Metric = Count | Measure;

/** What each line of the log says about its subject: ids, codes, numbers. No personal data. */
export type LogKeys = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where log lines and metrics go. */
export interface Telemetry {
  log(level: Level, message: string, keys: Readonly<Record<string, unknown>>): void;
  count(metric: Count, units: number): void;
  record(metric: Measure, value: number): void;
}

interface Scope {
  readonly telemetry: Telemetry;
  readonly keys: LogKeys;
}

/** A box, so that a handler can add a key that it learns midway; each record of a batch has its own. */
interface Box {
  scope: Scope;
}

/** Of records that are worked on at the same time. */
const scopes = new AsyncLocalStorage<Box>();

/**
 * Of the one invocation that a process of Lambda has at a time. It needs no asynchronous context, which in Node 20 and 22
 * makes every promise dearer from its first use on: a call of the SDK by a fifth.
 */
let invocation: Box | undefined;

function current(): Box | undefined {
  return scopes.getStore() ?? invocation;
}

/**
 * Runs one piece of work whose log lines carry these keys beside those of the surrounding work. Keys live
 * in the asynchronous context, so records that run at the same time cannot mix them and none outlives its work.
 */
export function withLogKeys<Out>(keys: LogKeys, run: () => Promise<Out>): Promise<Out> {
  const outer = current()?.scope;
  if (outer === undefined) return run();
  return scopes.run({ scope: { ...outer, keys: { ...outer.keys, ...keys } } }, run);
}

/** Adds keys to the log lines of the current piece of work. */
export function addLogKeys(keys: LogKeys): void {
  const box = current();
  if (box !== undefined) box.scope = { ...box.scope, keys: { ...box.scope.keys, ...keys } };
}

/** Writes a log line. Outside of a Lambda entry, as in a unit test of a handler, it goes nowhere. */
export function log(level: Level, message: string, keys: Readonly<Record<string, unknown>> = {}): void {
  const scope = current()?.scope;
  scope?.telemetry.log(level, message, { ...scope.keys, ...keys });
}

/** Counts what happened, once it has. Outside of a Lambda entry it goes nowhere. */
export function count(metric: Count, units = 1): void {
  current()?.scope.telemetry.count(metric, units);
}

/** Measures what happened, once it has; the unit is the measure's own. Outside of a Lambda entry it goes nowhere. */
export function record(metric: Measure, value: number): void {
  current()?.scope.telemetry.record(metric, value);
}

/** Runs work whose lines and metrics go to `telemetry`. */
export async function withTelemetry<Out>(telemetry: Telemetry, keys: LogKeys, run: () => Promise<Out>): Promise<Out> {
  const box = { scope: { telemetry, keys } };
  // Two invocations at once, as in a test, are kept apart as records are.
  if (invocation !== undefined) return scopes.run(box, run);
  invocation = box;
  try {
    return await run();
  } finally {
    invocation = undefined;
  }
}

/** Runs one invocation of a function, and publishes its metrics at the end, however it ends. */
export type Invoker = <Out>(context: Context, keys: LogKeys, run: () => Promise<Out>) => Promise<Out>;

/**
 * The telemetry of a Lambda function: JSON lines and embedded metrics (EMF) on its standard output.
 * Made once per cold start. Which lines are written comes from the environment, see {@link logLevels}.
 */
export function lambdaTelemetry(service: string): Invoker {
  const logger = new Logger({ serviceName: service, logFormatter: new LineFormatter() });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service });
  const levels = logLevels(process.env);
  const counting: Omit<Telemetry, "log"> = {
    count: (metric, units) => void metrics.addMetric(metric, MetricUnit.Count, units),
    record: (metric, value) => void metrics.addMetric(metric, MEASURES[metric], value),
  };
  let isColdStart = true;
  return async (context, keys, run) => {
    // The logger would name function, ARN and memory on every line, which its log group says as well.
    logger.resetKeys();
    logger.appendKeys({ function_request_id: context.awsRequestId, ...(isColdStart && { cold_start: true }) });
    isColdStart = false;
    const writes = levels();
    const telemetry: Telemetry = {
      ...counting,
      log: (level, message, about) => writes(level) && logger[level](message, tellable(about)),
    };
    try {
      return await withTelemetry(telemetry, keys, run);
    } finally {
      // Publishing nothing would write a warning.
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  };
}

/**
 * Errors without their own fields: the logger would write all of them, and the database puts the whole item that a
 * condition failed on into its errors, with whatever it says of a customer.
 */
function tellable(keys: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, bare(value)]));
}

function bare(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const copy = new Error(message, cause === undefined ? {} : { cause: bare(cause) });
  return Object.assign(copy, { name, ...(stack !== undefined && { stack }) });
}
