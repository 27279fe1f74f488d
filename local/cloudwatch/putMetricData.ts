import type { Clock } from "../clock";
import { OperationInput } from "../operationInput";
import { cloudWatchRefusals, invalidCombination, invalidValue } from "./cloudWatchError";
import type { StatisticSet } from "./bucket";
import { UNITS } from "./metric";
import { KEPT_MS } from "./metricSeries";
import type { Datum, MetricStore } from "./metricStore";
import { metricOf, optionalTimeMs } from "./requestFields";

const MOST_DATA = 1_000;
const MOST_VALUES = 150;
const AHEAD_MS = 2 * 3_600_000;
const DATUM_FIELDS = ["MetricName", "Dimensions", "Timestamp", "Value", "StatisticValues", "Values", "Counts", "Unit"];

/**
 * PutMetricData. AWS takes data up to two weeks old; here they must lie within the hours that are kept.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function putMetricData(fields: Record<string, unknown>, store: MetricStore, clock: Clock): object {
  const input = new OperationInput(fields, cloudWatchRefusals).only("Namespace", "MetricData");
  const namespace = input.text("Namespace");
  if (namespace.startsWith("AWS/")) throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
  if (!/^[A-Za-z0-9._\-/#:]{1,255}$/.test(namespace)) throw invalidValue(`"${namespace}" is not a namespace.`);
  const entries = input.structures("MetricData");
  if (entries.length > MOST_DATA) throw invalidValue(`MetricData must not hold more than ${MOST_DATA} entries.`);
  // All are read before any is added: a request is taken as a whole or not at all.
  for (const datum of entries.map((entry) => datumOf(entry, namespace, clock.now()))) store.add(datum);
  return {};
}

function datumOf(entry: OperationInput, namespace: string, nowMs: number): Datum {
  entry.only(...DATUM_FIELDS, "StorageResolution");
  const timeMs = optionalTimeMs(entry, "Timestamp") ?? nowMs;
  if (timeMs < nowMs - KEPT_MS.minutes || timeMs > nowMs + AHEAD_MS) {
    throw invalidValue("Timestamp must lie within 15 hours past, which are kept here, and two hours ahead.");
  }
  const unit = entry.optionalText("Unit");
  if (unit !== undefined && !UNITS.has(unit)) throw invalidValue(`${unit} is not a unit.`);
  const resolution = entry.optionalInteger("StorageResolution", { min: 1, max: 60 }) ?? 60;
  if (resolution !== 1 && resolution !== 60) throw invalidValue("StorageResolution must be 1 or 60.");
  return {
    metric: metricOf(entry, namespace),
    timeMs,
    values: valuesOf(entry),
    unit,
    highResolution: resolution === 1,
  };
}

function valuesOf(entry: OperationInput): Datum["values"] {
  const given = ["Value", "StatisticValues", "Values"].filter((field) => entry.has(field));
  if (given.length !== 1) throw invalidCombination("A datum has either Value, or Values, or StatisticValues.");
  const value = entry.optionalNumber("Value");
  if (value !== undefined) return [[value, 1]];
  if (entry.has("StatisticValues")) return statisticSet(entry);
  const values = numbers(entry, "Values");
  const counts = entry.has("Counts") ? numbers(entry, "Counts") : values.map(() => 1);
  if (values.length !== counts.length) throw invalidValue("There must be as many Counts as Values.");
  return values.map((one, index) => [one, counts[index] ?? 1]);
}

function statisticSet(entry: OperationInput): StatisticSet {
  const set = new OperationInput(entry.fieldsOf("StatisticValues"), cloudWatchRefusals);
  const [sampleCount, sum, minimum, maximum] = ["SampleCount", "Sum", "Minimum", "Maximum"].map((field) => {
    const value = set.optionalNumber(field);
    if (value === undefined) throw cloudWatchRefusals.missing(`StatisticValues.${field}`);
    return value;
  }) as [number, number, number, number];
  if (sampleCount <= 0 || minimum > maximum) throw invalidValue("StatisticValues contradict themselves.");
  return { sampleCount, sum, minimum, maximum };
}

function numbers(entry: OperationInput, field: string): readonly number[] {
  const values = entry.numbers(field);
  if (values.length > MOST_VALUES) throw invalidValue(`${field} must not hold more than ${MOST_VALUES} numbers.`);
  return values;
}
