import { evaluate, namesIn } from "./math/evaluate";
import { MathError, parseExpression, type Expression } from "./math/expression";
import { seriesOf, type Series, type Value } from "./math/values";
import type { MetricId } from "./metric";
import type { DataPoint, MetricStore } from "./metricStore";
import { parseStatistic, type Statistic } from "./statistic";

/** A metric to read. */
export interface MetricStat {
  readonly metric: MetricId;
  readonly periodSeconds: number;
  /** As it was given, for example `p99`. */
  readonly stat: string;
  readonly unit?: string | undefined;
}

/** One of several queries that belong together: a metric, or an expression over the others. */
export interface MetricQuery {
  /** Begins with a small letter. */
  readonly id: string;
  readonly source: MetricStat | { readonly expression: string };
  readonly label?: string | undefined;
  readonly returnData: boolean;
}

/** Stretches of time of one length, without gaps. */
export interface Window {
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
}

type Prepared = MetricQuery &
  ({ readonly expression: Expression } | { readonly stat: MetricStat; readonly statistic: Statistic });

/** 1, 5, 10, 20, 30 or a multiple of 60: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html */
export function isPeriod(seconds: number): boolean {
  return [1, 5, 10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
}

/**
 * Queries and expressions over them, checked. Throws {@link MathError} for ids that are used twice or do not exist,
 * expressions that go in a circle, and statistics, functions and mixtures of periods that there is no stand-in for.
 */
export class MetricQueries {
  /** Seconds of every period. */
  readonly periodSeconds: number;
  private readonly queries: ReadonlyMap<string, Prepared>;

  constructor(queries: readonly MetricQuery[]) {
    this.queries = new Map(queries.map((query) => [query.id, prepared(query)]));
    if (this.queries.size < queries.length) throw new MathError("The ids of queries must differ.");
    for (const id of this.queries.keys()) this.checkNames(id, []);
    const periods = new Set(
      [...this.queries.values()].flatMap((query) => ("stat" in query ? query.stat.periodSeconds : [])),
    );
    const mixes = periods.size > 1 && [...this.queries.values()].some((query) => "expression" in query);
    if (mixes)
      throw new MathError(
        `the local runtime has no stand-in for expressions over different periods (${[...periods].join(", ")} s).`,
      );
    this.periodSeconds = Math.max(...periods);
  }

  /** The metrics among the queries, as they were asked for. */
  get metrics(): readonly MetricStat[] {
    return [...this.queries.values()].flatMap((query) => ("stat" in query ? [query.stat] : []));
  }

  /** The data of a metric, with how many samples each point has. */
  read(id: string, store: MetricStore, { fromMs, toMs }: Window): readonly DataPoint[] {
    const query = this.query(id);
    if ("expression" in query) return [];
    const { metric, periodSeconds, unit } = query.stat;
    return store.points(metric, { statistic: query.statistic, periodSeconds, fromMs, toMs, unit });
  }

  /** What a query comes to. */
  value(id: string, store: MetricStore, window: Window): Value {
    const known = new Map<string, Value>();
    const pointsOf = (metricId: string): Series =>
      new Map(this.read(metricId, store, window).map(({ timeMs, value }) => [timeMs, value]));
    const valueOf = (wanted: string): Value => {
      const query = this.query(wanted);
      const value =
        known.get(wanted) ?? ("stat" in query ? seriesOf(pointsOf(wanted)) : evaluate(query.expression, scope));
      known.set(wanted, value);
      return value;
    };
    const metrics = [...this.queries.values()].filter((query) => "stat" in query);
    const scope = {
      valueOf,
      metrics: metrics.map((metric) => ({ id: metric.id, points: () => pointsOf(metric.id) })),
      times: this.times(window),
    };
    return valueOf(id);
  }

  private times({ fromMs, toMs }: Window): readonly number[] {
    const stepMs = this.periodSeconds * 1000;
    if (!Number.isFinite(stepMs)) return [];
    return Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, index) => fromMs + index * stepMs);
  }

  private query(id: string): Prepared {
    const query = this.queries.get(id);
    if (query === undefined) throw new MathError(`There is no query "${id}".`);
    return query;
  }

  private checkNames(id: string, path: readonly string[]): void {
    if (path.includes(id)) throw new MathError(`The expressions ${path.join(", ")} go in a circle.`);
    const query = this.query(id);
    if ("expression" in query) for (const name of namesIn(query.expression)) this.checkNames(name, [...path, id]);
  }
}

function prepared(query: MetricQuery): Prepared {
  const { id, source } = query;
  if (!/^[a-z]\w*$/.test(id))
    throw new MathError(`"${id}" is not an id: a small letter, then letters, digits, underscores.`);
  if ("expression" in source) return { ...query, expression: parseExpression(source.expression) };
  if (!isPeriod(source.periodSeconds)) {
    throw new MathError(
      `The period of "${id}" must be 1, 5, 10, 20, 30 or a multiple of 60 s, not ${source.periodSeconds}.`,
    );
  }
  return { ...query, stat: source, statistic: parseStatistic(source.stat) };
}
