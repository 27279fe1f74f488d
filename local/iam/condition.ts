import { isFields } from "../operationInput";
import { arnPattern, glob, type Fits } from "./pattern";

/** What is known of a call beside who, what and whereupon: condition keys in small letters, with their values. */
export type AccessContext = Readonly<Record<string, readonly string[] | undefined>>;

/** Whether the conditions of a statement hold. */
export type Condition = (context: AccessContext) => boolean;

/** Condition keys that the local runtime knows the values of. */
const KEYS: ReadonlySet<string> = new Set([
  ...["aws:securetransport", "aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:resourceaccount"],
  ...["aws:principalarn", "aws:principalaccount", "aws:principalisawsservice", "aws:principalservicename"],
  ...["events:source", "events:detail-type"],
]);

/** How an operator compares; a negated one holds when none of its values fits, and when the key is absent. */
interface Operator {
  readonly compile: (value: string) => Fits;
  readonly negated?: true;
}

const equal = (value: string): Fits => {
  if (value.includes("${")) return glob(value.replace(/[*?]/g, (wildcard) => `\${${wildcard}}`));
  return (text) => text === value;
};
const equalInAnyCase = (value: string): Fits => {
  const fits = equal(value.toLowerCase());
  return (text) => fits(text.toLowerCase());
};
const number =
  (holds: (given: number, wanted: number) => boolean) =>
  (value: string): Fits =>
  (text) =>
    holds(Number(text), Number(value));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { compile: equal },
  StringNotEquals: { compile: equal, negated: true },
  StringEqualsIgnoreCase: { compile: equalInAnyCase },
  StringNotEqualsIgnoreCase: { compile: equalInAnyCase, negated: true },
  StringLike: { compile: glob },
  StringNotLike: { compile: glob, negated: true },
  // AWS compares by ArnEquals and ArnLike in the same way.
  ArnEquals: { compile: arnPattern },
  ArnNotEquals: { compile: arnPattern, negated: true },
  ArnLike: { compile: arnPattern },
  ArnNotLike: { compile: arnPattern, negated: true },
  Bool: { compile: equalInAnyCase },
  NumericEquals: { compile: number((given, wanted) => given === wanted) },
  NumericLessThan: { compile: number((given, wanted) => given < wanted) },
  NumericLessThanEquals: { compile: number((given, wanted) => given <= wanted) },
  NumericGreaterThan: { compile: number((given, wanted) => given > wanted) },
  NumericGreaterThanEquals: { compile: number((given, wanted) => given >= wanted) },
};

/**
 * Reads the element Condition; all of it must hold.
 *
 * @throws Error that names the operator, key or variable that has no stand-in
 */
export function conditionOf(element: unknown): Condition {
  if (element === undefined) return () => true;
  if (!isFields(element)) throw new Error("Condition is no object");
  const tests = Object.entries(element).flatMap(([operator, keys]) => {
    if (!isFields(keys)) throw new Error(`Condition.${operator} is no object`);
    return Object.entries(keys).map(([key, values]) => testOf(operator, key, several(values)));
  });
  return (context) => tests.every((holds) => holds(context));
}

function testOf(name: string, key: string, values: readonly string[]): Condition {
  const [, quantifier, plain = "", ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  if (!KEYS.has(key.toLowerCase())) throw new Error(`the local runtime does not know the condition key ${key}`);
  const find = (context: AccessContext): readonly string[] | undefined => context[key.toLowerCase()];
  if (plain === "Null") {
    const absent = values.includes("true");
    return (context) => (find(context) === undefined) === absent;
  }
  const operator = OPERATORS[plain];
  if (operator === undefined) throw new Error(`the local runtime does not know the condition operator ${name}`);
  const fits = values.map(operator.compile);
  const one: Fits = (text) => fits.some((fit) => fit(text)) !== (operator.negated === true);
  return (context) => {
    const given = find(context);
    if (given === undefined) {
      return ifExists !== undefined || quantifier === "ForAllValues" || (operator.negated === true && !quantifier);
    }
    return quantifier === "ForAnyValue" ? given.some(one) : given.every(one);
  };
}

function several(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
