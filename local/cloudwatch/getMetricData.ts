import { OperationInput } from "../operationInput";
import { cloudWatchRefusals, invalidCombination, invalidValue } from "./cloudWatchError";
import { MathError } from "./math/expression";
import { allSeries, type Series } from "./math/values";
import { MetricQueries, type MetricQuery, type Window } from "./metricQueries";
import type { MetricStore } from "./metricStore";
import { metricOf, optionalChoice, periodSeconds, timeMs } from "./requestFields";

const MOST_QUERIES = 500;

/**
 * GetMetricData, in one page. Metrics Insights, searches and other accounts have no stand-in.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function getMetricData(fields: Record<string, unknown>, store: MetricStore): object {
  const input = new OperationInput(fields, cloudWatchRefusals);
  input.only("MetricDataQueries", "StartTime", "EndTime", "ScanBy", "LabelOptions");
  const queries = input.structures("MetricDataQueries").map(queryOf);
  if (queries.length > MOST_QUERIES) throw invalidValue(`There must not be more than ${MOST_QUERIES} queries.`);
  const [fromMs, toMs] = [timeMs(input, "StartTime"), timeMs(input, "EndTime")];
  if (fromMs >= toMs) throw invalidCombination("StartTime must be less than EndTime.");
  const ascending =
    optionalChoice(input, "ScanBy", ["TimestampAscending", "TimestampDescending"]) === "TimestampAscending";
  const shown = queries.filter(({ returnData }) => returnData);
  const MetricDataResults = refusing(() => {
    const prepared = new MetricQueries(queries);
    const grainMs = prepared.periodSeconds < 60 ? 1_000 : 60_000;
    const window = { fromMs: fromMs - (fromMs % grainMs), toMs };
    return shown.flatMap((query) => resultsOf(query, { prepared, store, window, ascending }));
  });
  return { MetricDataResults, Messages: [] };
}

interface Reading {
  readonly prepared: MetricQueries;
  readonly store: MetricStore;
  readonly window: Window;
  readonly ascending: boolean;
}

function resultsOf(
  { id, source, label }: MetricQuery,
  { prepared, store, window, ascending }: Reading,
): readonly object[] {
  const value = prepared.value(id, store, window);
  if (value.kind === "scalar") throw new MathError(`The expression "${id}" comes to a number, not to a time series.`);
  const Label = label ?? ("metric" in source ? source.metric.name : id);
  return allSeries(value).map((series) => ({ Id: id, Label, ...ordered(series, ascending), StatusCode: "Complete" }));
}

function ordered(series: Series, ascending: boolean): object {
  const points = [...series].sort(([a], [b]) => (ascending ? a - b : b - a));
  return { Timestamps: points.map(([atMs]) => atMs / 1000), Values: points.map(([, value]) => value) };
}

function queryOf(input: OperationInput): MetricQuery {
  input.only("Id", "MetricStat", "Expression", "Label", "ReturnData", "Period");
  const named = { id: input.text("Id"), label: input.optionalText("Label") };
  // Unlike every other flag, this one is true when it is absent.
  const returnData = input.has("ReturnData") ? input.flag("ReturnData") : true;
  const expression = input.optionalText("Expression");
  if ((expression === undefined) === !input.has("MetricStat")) {
    throw invalidCombination(`The query ${named.id} needs either a MetricStat or an Expression.`);
  }
  if (expression !== undefined) return { ...named, returnData, source: { expression } };
  const stat = new OperationInput(input.fieldsOf("MetricStat"), cloudWatchRefusals);
  stat.only("Metric", "Period", "Stat", "Unit");
  const metric = metricOf(new OperationInput(stat.fieldsOf("Metric"), cloudWatchRefusals));
  const source = {
    metric,
    periodSeconds: periodSeconds(stat),
    stat: stat.text("Stat"),
    unit: stat.optionalText("Unit"),
  };
  return { ...named, returnData, source };
}

/** What cannot be read or has no stand-in is the caller's error. */
function refusing<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw invalidValue((error as Error).message);
  }
}
