import type { ChoiceRule } from "./definition";
import { find, follow, isPath, type Scope } from "./jsonPath";

type Compare = (found: never, wanted: never) => boolean;

const ORDERINGS: Readonly<Record<string, (found: number | string, wanted: number | string) => boolean>> = {
  Equals: (found, wanted) => found === wanted,
  LessThan: (found, wanted) => found < wanted,
  LessThanEquals: (found, wanted) => found <= wanted,
  GreaterThan: (found, wanted) => found > wanted,
  GreaterThanEquals: (found, wanted) => found >= wanted,
};

const TYPE_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsNull: (value) => value === null,
  IsPresent: (value) => value !== undefined,
  IsNumeric: (value) => typeof value === "number",
  IsString: (value) => typeof value === "string",
  IsBoolean: (value) => typeof value === "boolean",
  IsTimestamp: (value) => timestampMs(value) !== undefined,
};

const COMPARISONS: Readonly<Record<string, Compare>> = {
  ...comparisons("String", (value) => (typeof value === "string" ? value : undefined)),
  ...comparisons("Numeric", (value) => (typeof value === "number" ? value : undefined)),
  ...comparisons("Timestamp", timestampMs),
  BooleanEquals: (found: unknown, wanted: unknown) => typeof found === "boolean" && found === wanted,
  StringMatches: (found: unknown, wanted: string) => typeof found === "string" && wildcard(wanted).test(found),
};

/**
 * Whether a rule of a Choice state holds. A value of another type never matches; a variable that is
 * absent is States.Runtime, but for IsPresent.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function holds(rule: ChoiceRule, scope: Scope): boolean {
  if ("And" in rule) return (rule["And"] as ChoiceRule[]).every((part) => holds(part, scope));
  if ("Or" in rule) return (rule["Or"] as ChoiceRule[]).some((part) => holds(part, scope));
  if ("Not" in rule) return !holds(rule["Not"] as ChoiceRule, scope);

  const variable = rule["Variable"] as string;
  const operator = operatorsOf(rule)[0] ?? "";
  const typeTest = TYPE_TESTS[operator];
  if (typeTest !== undefined) {
    const value = operator === "IsPresent" ? find(variable, scope) : follow(variable, scope);
    return typeTest(value) === rule[operator];
  }
  const wanted = operator.endsWith("Path") ? follow(rule[operator] as string, scope) : rule[operator];
  const compare = COMPARISONS[operator.replace(/Path$/, "")];
  return compare?.(follow(variable, scope) as never, wanted as never) ?? false;
}

/** Everything in a rule that the runtime could not decide, as clauses. */
export function ruleProblems(rule: ChoiceRule): string[] {
  const parts = ["And", "Or", "Not"].filter((name) => name in rule);
  if (parts.length > 0)
    return parts.flatMap((name) => [rule[name]].flat().flatMap((part) => ruleProblems(part as ChoiceRule)));

  const variable = rule["Variable"];
  const operators = operatorsOf(rule);
  const unknown = operators.filter((operator) => !isOperator(operator));
  const paths = operators.filter((operator) => operator.endsWith("Path")).map((operator) => rule[operator]);
  return [
    ...unknown.map((operator) => `the local runtime has no stand-in for the comparison ${operator}`),
    ...(operators.length === 1 ? [] : [`a rule needs one comparison, not ${operators.length}`]),
    ...[variable, ...paths]
      .filter((path) => typeof path !== "string" || !isPath(path))
      .map((path) => `the local runtime cannot follow the path ${String(path)}`),
  ];
}

const operatorsOf = (rule: ChoiceRule): string[] =>
  Object.keys(rule).filter((key) => !["Variable", "Next", "Comment"].includes(key));

function isOperator(name: string): boolean {
  if (name in TYPE_TESTS || name in COMPARISONS) return true;
  return name.endsWith("Path") && name !== "StringMatchesPath" && name.slice(0, -4) in COMPARISONS;
}

function comparisons(type: string, read: (value: unknown) => number | string | undefined): Record<string, Compare> {
  return Object.fromEntries(
    Object.entries(ORDERINGS).map(([ordering, test]) => [
      type + ordering,
      (found: unknown, wanted: unknown): boolean => {
        const [left, right] = [read(found), read(wanted)];
        return left !== undefined && right !== undefined && test(left, right);
      },
    ]),
  );
}

function timestampMs(value: unknown): number | undefined {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  return typeof value === "string" && rfc3339.test(value) ? Date.parse(value) : undefined;
}

/** `*` stands for any text; `\*` is a star. */
function wildcard(pattern: string): RegExp {
  const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const source = pattern.replaceAll(/\\([*\\])|\*|[^*\\]+|\\/g, (part, escaped: string | undefined) =>
    part === "*" ? ".*" : literal(escaped ?? part),
  );
  return new RegExp(`^${source}$`, "s");
}
