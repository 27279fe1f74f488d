import { MathError, type BinaryOperator } from "./expression";

/** Values by the time in ms at which their periods begin; a time without a value is missing data. */
export type Series = ReadonlyMap<number, number>;

/** What an expression can come to. */
export type Value =
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "series"; readonly points: Series }
  | { readonly kind: "list"; readonly all: readonly Series[] };

export const scalar = (value: number): Value => ({ kind: "scalar", value });
export const seriesOf = (points: Series): Value => ({ kind: "series", points });

const APPLY: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

/**
 * Applies an operator point by point. Of two series, a point that only one of them has counts as 0 in the other; a
 * division by zero drops the point. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function combine(operator: BinaryOperator, left: Value, right: Value): Value {
  const apply = APPLY[operator];
  if (left.kind === "list" && right.kind === "list") {
    if (left.all.length !== right.all.length) throw new MathError("Two lists of series must be of the same length.");
    return { kind: "list", all: left.all.map((one, index) => joined(one, right.all[index] ?? new Map(), apply)) };
  }
  if (left.kind === "list") return { kind: "list", all: left.all.map((one) => withOne(one, right, apply)) };
  const flipped = (a: number, b: number): number => apply(b, a);
  if (right.kind === "list") return { kind: "list", all: right.all.map((one) => withOne(one, left, flipped)) };
  if (left.kind === "series") return seriesOf(withOne(left.points, right, apply));
  if (right.kind === "series") return seriesOf(withOne(right.points, left, flipped));
  return scalar(apply(left.value, right.value));
}

/** Applies a function to each value of a series, of each series of a list, or to a number. */
export function each(value: Value, apply: (value: number) => number): Value {
  if (value.kind === "scalar") return scalar(apply(value.value));
  if (value.kind === "series") return seriesOf(mapped(value.points, apply));
  return { kind: "list", all: value.all.map((one) => mapped(one, apply)) };
}

/** The series of a value, one by one. */
export function allSeries(value: Value): readonly Series[] {
  if (value.kind === "list") return value.all;
  return value.kind === "series" ? [value.points] : [];
}

/** Every time at which one of the series has a value, in order. */
export function timesOf(all: readonly Series[]): readonly number[] {
  return [...new Set(all.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
}

/** A series of what is a number at all: a point that came to nothing is dropped. */
export function finite(points: Iterable<readonly [number, number]>): Series {
  return new Map([...points].filter(([, value]) => Number.isFinite(value)));
}

function withOne(one: Series, other: Value, apply: (a: number, b: number) => number): Series {
  if (other.kind === "scalar") return mapped(one, (value) => apply(value, other.value));
  return joined(one, other.kind === "series" ? other.points : new Map(), apply);
}

function joined(left: Series, right: Series, apply: (a: number, b: number) => number): Series {
  return finite(
    timesOf([left, right]).map((time) => [time, apply(left.get(time) ?? 0, right.get(time) ?? 0)] as const),
  );
}

function mapped(points: Series, apply: (value: number) => number): Series {
  return finite([...points].map(([time, value]) => [time, apply(value)] as const));
}
