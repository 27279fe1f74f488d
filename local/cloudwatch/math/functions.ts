import { MathError } from "./expression";
import { allSeries, each, finite, scalar, seriesOf, timesOf, type Series, type Value } from "./values";

/** What a function needs beside its arguments. */
export interface Grid {
  /** The starts of all periods of the range, in order, with data or without. */
  readonly times: readonly number[];
}

type MathFunction = (args: readonly Value[], grid: Grid) => Value;

/** How a list of series becomes one, and one series a number. */
interface Reduction {
  /** Of the values that are there; `count` is the number of series. */
  readonly reduce: (values: readonly number[], count: number) => number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  SUM: { reduce: sum },
  // A series of a list without a value counts as 0.
  AVG: { reduce: (values, count) => sum(values) / count },
  MIN: { reduce: (values) => Math.min(...values) },
  MAX: { reduce: (values) => Math.max(...values) },
};

const EACH: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
};

/** The functions of values; METRICS and FILL's keywords are the evaluator's. */
export const FUNCTIONS: ReadonlyMap<string, MathFunction> = new Map<string, MathFunction>([
  ...Object.entries(REDUCTIONS).map(
    ([name, by]) => [name, (args) => reduced(only(name, args), by)] as const satisfies [string, MathFunction],
  ),
  ...Object.entries(EACH).map(
    ([name, by]) => [name, (args) => each(only(name, args), by)] as const satisfies [string, MathFunction],
  ),
  ["RATE", (args) => ofEach(only("RATE", args), rate)],
  ["IF", choose],
]);

/** Fills the gaps of each series with a number, the points of another series, or what is around them. */
export function fill(value: Value, filler: Value | "REPEAT" | "LINEAR", { times }: Grid): Value {
  return ofEach(value, (points) => {
    if (filler === "REPEAT") return repeated(points, times);
    if (filler === "LINEAR") return interpolated(points, times);
    if (filler.kind === "list") throw new MathError("FILL cannot fill with a list of series.");
    const instead = (time: number): number =>
      filler.kind === "scalar" ? filler.value : (filler.points.get(time) ?? NaN);
    return finite(times.map((time) => [time, points.get(time) ?? instead(time)] as const));
  });
}

function only(name: string, args: readonly Value[]): Value {
  const [value, ...more] = args;
  if (value === undefined || more.length > 0) throw new MathError(`${name} takes one argument.`);
  return value;
}

function ofEach(value: Value, change: (points: Series) => Series): Value {
  if (value.kind === "scalar") throw new MathError("A function of a series was given a number.");
  if (value.kind === "series") return seriesOf(change(value.points));
  return { kind: "list", all: value.all.map(change) };
}

function reduced(value: Value, { reduce }: Reduction): Value {
  if (value.kind === "scalar") return value;
  if (value.kind === "series") {
    const values = [...value.points.values()];
    return scalar(reduce(values, values.length));
  }
  const all = allSeries(value);
  const at = (time: number): readonly number[] => all.flatMap((one) => one.get(time) ?? []);
  return seriesOf(finite(timesOf(all).map((time) => [time, reduce(at(time), all.length)] as const)));
}

/** Per second, against the point before; the first point has none. */
function rate(points: Series): Series {
  const sorted = [...points].sort(([a], [b]) => a - b);
  return finite(
    sorted.slice(1).map(([time, value], index) => {
      const [earlier, before] = sorted[index] ?? [time, value];
      return [time, (value - before) / ((time - earlier) / 1000)] as const;
    }),
  );
}

function repeated(points: Series, times: readonly number[]): Series {
  let last = NaN;
  return finite(times.map((time) => [time, (last = points.get(time) ?? last)] as const));
}

/** Gaps between two values lie on the line between them; there is no line before the first or after the last. */
function interpolated(points: Series, times: readonly number[]): Series {
  const known = [...points].sort(([a], [b]) => a - b);
  return finite(
    times.map((time) => {
      const [beforeMs, before] = known.findLast(([at]) => at <= time) ?? [NaN, NaN];
      const [afterMs, after] = known.find(([at]) => at >= time) ?? [NaN, NaN];
      const share = afterMs === beforeMs ? 0 : (time - beforeMs) / (afterMs - beforeMs);
      return [time, before + (after - before) * share] as const;
    }),
  );
}

/**
 * IF(condition, then, otherwise). Where the condition holds and `then` has no value, the value is 0; where it does not
 * and there is no other, the point is dropped, as it is where the condition itself is missing.
 */
function choose(args: readonly Value[]): Value {
  const [condition, then, otherwise, ...more] = args;
  if (condition === undefined || then === undefined || more.length > 0)
    throw new MathError("IF takes 2 or 3 arguments.");
  if (condition.kind === "scalar") return condition.value === 0 ? (otherwise ?? seriesOf(new Map())) : then;
  if (condition.kind === "list" || then.kind === "list" || otherwise?.kind === "list") {
    throw new MathError("IF takes series and numbers, not lists of series.");
  }
  const chosen = [...condition.points].map(
    ([time, holds]) => [time, holds === 0 ? valueAt(otherwise, time, NaN) : valueAt(then, time, 0)] as const,
  );
  return seriesOf(finite(chosen));
}

function valueAt(value: Value | undefined, time: number, missing: number): number {
  if (value?.kind === "scalar") return value.value;
  return value?.kind === "series" ? (value.points.get(time) ?? missing) : NaN;
}
