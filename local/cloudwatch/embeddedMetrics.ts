import { isFields } from "../operationInput";
import { MOST_DIMENSIONS, UNITS, type Dimensions } from "./metric";
import type { Datum } from "./metricStore";

type Fields = Readonly<Record<string, unknown>>;

/** What a log line holds: nothing embedded, metrics, or a document that CloudWatch cannot use. */
export type Embedded =
  | { readonly kind: "none" }
  | { readonly kind: "metrics"; readonly data: readonly Datum[] }
  | { readonly kind: "parsingError" | "validationError"; readonly reason: string };

const MOST_METRICS = 100;
const MOST_VALUES = 100;
const DAY_MS = 86_400_000;

/** A document that breaks the specification. */
class Invalid extends Error {}

/**
 * Reads the Embedded Metric Format out of a log line. Lambda may put its own columns before the document, which the
 * specification allows; each set of dimensions makes a metric of its own.
 *
 * @param nowMs data older than two weeks or more than two hours ahead are not valid
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function readEmbedded(line: string, nowMs: number): Embedded {
  if (!line.includes('"CloudWatchMetrics"')) return { kind: "none" };
  let root: unknown;
  try {
    root = JSON.parse(line.slice(line.indexOf("{")));
  } catch {
    return { kind: "parsingError", reason: "the line is not a JSON object" };
  }
  const metadata = isFields(root) ? root["_aws"] : undefined;
  // A line that merely speaks of metrics, such as the log of a request, is no document.
  if (!isFields(root) || !isFields(metadata) || metadata["CloudWatchMetrics"] === undefined) return { kind: "none" };
  try {
    return { kind: "metrics", data: dataOf(root, metadata, nowMs) };
  } catch (error) {
    if (error instanceof Invalid) return { kind: "validationError", reason: error.message };
    throw error;
  }
}

function dataOf(root: Fields, metadata: Fields, nowMs: number): Datum[] {
  const { Timestamp: timeMs } = metadata;
  if (typeof timeMs !== "number" || !Number.isInteger(timeMs)) throw new Invalid("_aws.Timestamp must be in ms");
  if (timeMs < nowMs - 14 * DAY_MS || timeMs > nowMs + 2 * 3_600_000) {
    throw new Invalid("_aws.Timestamp must lie within two weeks past and two hours ahead");
  }
  return list(metadata["CloudWatchMetrics"], "_aws.CloudWatchMetrics").flatMap((directive) => {
    if (!isFields(directive)) throw new Invalid("a metric directive must be an object");
    const namespace = text(directive["Namespace"], "Namespace");
    const sets = list(directive["Dimensions"], "Dimensions").map((set) => dimensionsOf(root, set));
    const definitions = list(directive["Metrics"], "Metrics");
    if (definitions.length > MOST_METRICS) throw new Invalid(`Metrics must not hold more than ${MOST_METRICS}`);
    return definitions.flatMap((definition) => {
      const { name, ...datum } = valuesOf(root, definition);
      return sets.map((dimensions) => ({ metric: { namespace, name, dimensions }, timeMs, ...datum }));
    });
  });
}

function dimensionsOf(root: Fields, set: unknown): Dimensions {
  const keys = list(set, "a set of dimensions");
  if (keys.length > MOST_DIMENSIONS) throw new Invalid(`a set must not hold more than ${MOST_DIMENSIONS} dimensions`);
  return Object.fromEntries(
    keys.map((key) => {
      const name = text(key, "a dimension's name");
      return [name, text(root[name], `the dimension ${name}`, 1024)];
    }),
  );
}

function valuesOf(root: Fields, definition: unknown): Omit<Datum, "metric" | "timeMs"> & { readonly name: string } {
  if (!isFields(definition)) throw new Invalid("a metric definition must be an object");
  const name = text(definition["Name"], "a metric's Name");
  const { Unit: unit = "None", StorageResolution: resolution = 60 } = definition;
  if (typeof unit !== "string" || !UNITS.has(unit)) throw new Invalid(`${String(unit)} is not a unit`);
  if (resolution !== 1 && resolution !== 60) throw new Invalid("StorageResolution must be 1 or 60");
  return { name, values: counted(root[name], name), unit, highResolution: resolution === 1 };
}

/** A number, a list of numbers, or values with how often each occurred. */
function counted(target: unknown, name: string): readonly (readonly [number, number])[] {
  if (!isFields(target)) {
    const values = Array.isArray(target) ? (target as unknown[]) : [target];
    return numbers(values, name).map((value) => [value, 1]);
  }
  const values = numbers(list(target["Values"], `${name}.Values`), name);
  const counts = numbers(list(target["Counts"], `${name}.Counts`), name);
  if (counts.length !== values.length) throw new Invalid(`${name} must have as many Counts as Values`);
  return values.map((value, index) => [value, counts[index] ?? 0]);
}

function numbers(values: readonly unknown[], name: string): readonly number[] {
  if (values.length > MOST_VALUES) throw new Invalid(`${name} must not hold more than ${MOST_VALUES} values`);
  return values.map((value) => {
    if (typeof value !== "number") throw new Invalid(`the metric ${name} must be a number or a list of numbers`);
    return value;
  });
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Invalid(`${what} must be a list`);
  return value as readonly unknown[];
}

function text(value: unknown, what: string, mostCharacters = 255): string {
  if (typeof value === "string" && value !== "" && value.length <= mostCharacters) return value;
  throw new Invalid(`${what} must be a text of 1 to ${mostCharacters} characters`);
}
