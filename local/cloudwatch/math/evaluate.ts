import { MathError, type Expression } from "./expression";
import { fill, FUNCTIONS, type Grid } from "./functions";
import { allSeries, combine, each, scalar, type Series, type Value } from "./values";

/** What the names of an expression stand for. */
export interface Scope extends Grid {
  /** The value of a query; throws {@link MathError} for an id that there is not. */
  valueOf(id: string): Value;
  /** The metrics of the request, in its order; expressions are not among them. */
  readonly metrics: readonly { readonly id: string; points(): Series }[];
}

/** What an expression comes to; throws {@link MathError} for what it cannot. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "number":
      return scalar(expression.value);
    case "text":
      throw new MathError(`"${expression.value}" is a text, which only METRICS takes.`);
    case "name":
      return scope.valueOf(expression.name);
    case "list":
      return { kind: "list", all: expression.items.flatMap((item) => listed(evaluate(item, scope))) };
    case "negative":
      return each(evaluate(expression.operand, scope), (value) => -value);
    case "binary": {
      const [left, right] = expression.sides;
      return combine(expression.operator, evaluate(left, scope), evaluate(right, scope));
    }
    case "call":
      return call(expression.name, expression.args, scope);
  }
}

/** The names that an expression uses, and an error for the first function that there is no stand-in for. */
export function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "number":
    case "text":
      return [];
    case "name":
      return [expression.name];
    case "list":
      return expression.items.flatMap(namesIn);
    case "negative":
      return namesIn(expression.operand);
    case "binary":
      return expression.sides.flatMap(namesIn);
    case "call":
      checkFunction(expression.name);
      return expression.args.flatMap((arg, index) =>
        expression.name === "FILL" && index === 1 && fillWord(arg) !== undefined ? [] : namesIn(arg),
      );
  }
}

function checkFunction(name: string): void {
  if (FUNCTIONS.has(name) || name === "METRICS" || name === "FILL") return;
  const known = [...FUNCTIONS.keys(), "METRICS", "FILL"].sort().join(", ");
  throw new MathError(`the local runtime has no stand-in for the function ${name} of metric math; it knows ${known}.`);
}

function call(name: string, args: readonly Expression[], scope: Scope): Value {
  if (name === "METRICS") return metricsOf(args, scope);
  if (name === "FILL") return filled(args, scope);
  checkFunction(name);
  const run = FUNCTIONS.get(name);
  if (run === undefined) throw new MathError(`${name} is not a function.`);
  return run(
    args.map((arg) => evaluate(arg, scope)),
    scope,
  );
}

function metricsOf(args: readonly Expression[], { metrics }: Scope): Value {
  const [part, ...more] = args;
  if ((part !== undefined && part.kind !== "text") || more.length > 0) {
    throw new MathError("METRICS takes nothing, or a part of the ids as a text in quotes.");
  }
  const chosen = metrics.filter(({ id }) => part === undefined || id.includes(part.value));
  return { kind: "list", all: chosen.map((metric) => metric.points()) };
}

function filled(args: readonly Expression[], scope: Scope): Value {
  const [value, filler, ...more] = args;
  if (value === undefined || filler === undefined || more.length > 0) throw new MathError("FILL takes two arguments.");
  return fill(evaluate(value, scope), fillWord(filler) ?? evaluate(filler, scope), scope);
}

function fillWord(filler: Expression): "REPEAT" | "LINEAR" | undefined {
  if (filler.kind !== "name") return undefined;
  return filler.name === "REPEAT" || filler.name === "LINEAR" ? filler.name : undefined;
}

function listed(value: Value): readonly Series[] {
  if (value.kind === "scalar") throw new MathError("A list holds series, not numbers.");
  return allSeries(value);
}
