import type { Clock } from "../clock";
import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import { cloudWatchRefusals, invalidCombination, invalidValue } from "./cloudWatchError";
import { getMetricData } from "./getMetricData";
import { dimensionList } from "./metric";
import { isPeriod } from "./metricQueries";
import type { DataPoint, MetricStore } from "./metricStore";
import { pageOf } from "./paging";
import { putMetricData } from "./putMetricData";
import { dimensionFilters, metricOf, optionalChoice, periodSeconds, timeMs } from "./requestFields";
import { parseStatistic } from "./statistic";

const METRICS_PER_PAGE = 500;
const MOST_DATAPOINTS = 1_440;
const RECENT_MS = 3 * 3_600_000;
const STATISTICS_FIELDS = ["StartTime", "EndTime", "Period", "Statistics", "ExtendedStatistics", "Unit"];

/** The operations on metrics. */
export function metricOperations(store: MetricStore, clock: Clock): Readonly<Record<string, Operation>> {
  return {
    PutMetricData: async (fields) => putMetricData(fields, store, clock),
    GetMetricData: async (fields) => getMetricData(fields, store),
    GetMetricStatistics: async (fields) => getMetricStatistics(new OperationInput(fields, cloudWatchRefusals), store),
    ListMetrics: async (fields) => listMetrics(new OperationInput(fields, cloudWatchRefusals), store, clock),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
function getMetricStatistics(input: OperationInput, store: MetricStore): object {
  input.only("Namespace", "MetricName", "Dimensions", ...STATISTICS_FIELDS);
  const metric = metricOf(input);
  const [fromMs, toMs, period] = [timeMs(input, "StartTime"), timeMs(input, "EndTime"), periodSeconds(input)];
  if (!isPeriod(period)) throw invalidValue("Period must be 1, 5, 10, 30 or a multiple of 60.");
  if (fromMs >= toMs) throw invalidCombination("StartTime must be less than EndTime.");
  const extended = input.texts("ExtendedStatistics");
  const names = [...input.texts("Statistics"), ...extended];
  if (names.length === 0) throw invalidCombination("Must specify either Statistics or ExtendedStatistics.");
  const unit = input.optionalText("Unit");
  if ((toMs - fromMs) / (period * 1000) > MOST_DATAPOINTS) {
    throw invalidCombination(`You have requested more than ${MOST_DATAPOINTS} datapoints.`);
  }
  const byTime = new Map<number, { values: Record<string, number>; percentiles: Record<string, number> }>();
  for (const name of names) {
    for (const point of pointsOf(name, (statistic) =>
      store.points(metric, { statistic, periodSeconds: period, fromMs, toMs, unit }),
    )) {
      const known = byTime.get(point.timeMs) ?? { values: {}, percentiles: {} };
      byTime.set(point.timeMs, known);
      known[extended.includes(name) ? "percentiles" : "values"][name] = point.value;
    }
  }
  const Unit = unit ?? store.unitOf(metric);
  const Datapoints = [...byTime].map(([atMs, { values, percentiles }]) => ({
    Timestamp: atMs / 1000,
    ...values,
    Unit,
    ...(extended.length === 0 ? {} : { ExtendedStatistics: percentiles }),
  }));
  return { Label: metric.name, Datapoints };
}

function pointsOf(
  name: string,
  read: (statistic: ReturnType<typeof parseStatistic>) => readonly DataPoint[],
): readonly DataPoint[] {
  try {
    return read(parseStatistic(name));
  } catch (error) {
    throw invalidValue((error as Error).message);
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
function listMetrics(input: OperationInput, store: MetricStore, clock: Clock): object {
  input.only("Namespace", "MetricName", "Dimensions", "NextToken", "RecentlyActive");
  const [namespace, name] = [input.optionalText("Namespace"), input.optionalText("MetricName")];
  const filters = dimensionFilters(input);
  const recent = optionalChoice(input, "RecentlyActive", ["PT3H"]) !== undefined;
  const sinceMs = recent ? clock.now() - RECENT_MS : -Infinity;
  const chosen = store.all().filter(({ metric, lastMs }) => {
    if (lastMs < sinceMs) return false;
    if (namespace !== undefined && metric.namespace !== namespace) return false;
    if (name !== undefined && metric.name !== name) return false;
    return filters.every(([key, value]) => {
      const actual = metric.dimensions[key];
      return actual !== undefined && (value === undefined || actual === value);
    });
  });
  const { items, next } = pageOf(chosen, input, METRICS_PER_PAGE);
  const Metrics = items.map(({ metric }) => ({
    Namespace: metric.namespace,
    MetricName: metric.name,
    Dimensions: dimensionList(metric.dimensions),
  }));
  return { Metrics, ...next };
}
