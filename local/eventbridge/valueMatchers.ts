import { BlockList, isIP } from "node:net";
import { isFields } from "../operationInput";
import { invalidEventPattern } from "./eventBridgeError";
import { parseWildcard } from "./wildcard";

/** Whether one value of an event (text, number, true, false or null) matches. */
export type ValueTest = (value: unknown) => boolean;

/** A condition on a field: on its values, or on whether it exists. */
export type Matcher =
  { readonly on: "value"; readonly test: ValueTest } | { readonly on: "existence"; readonly exists: boolean };

type Reader = (operand: unknown) => ValueTest;

/**
 * Reads one element of the list that a pattern gives for a field: a value to equal, or a comparison.
 * Numbers are equal by value; EventBridge compares their text (`300` is not `300.0`), which JSON forgets.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws InvalidEventPatternException
 */
export function parseMatcher(element: unknown): Matcher {
  if (!isFields(element)) {
    if (Array.isArray(element)) throw invalidEventPattern("A list must not hold another list");
    return { on: "value", test: (value) => value === element };
  }
  const [operator, operand] = onlyEntry(element, "A match expression");
  if (operator === "exists") {
    if (typeof operand !== "boolean") throw invalidEventPattern("match value for exists must be true or false");
    return { on: "existence", exists: operand };
  }
  const reader = READERS[operator];
  if (reader === undefined || !Object.hasOwn(READERS, operator)) {
    throw invalidEventPattern(`Unrecognized match type ${operator}`);
  }
  return { on: "value", test: reader(operand) };
}

const READERS: Readonly<Record<string, Reader>> = {
  prefix: (operand) => affix("prefix", operand),
  suffix: (operand) => affix("suffix", operand),
  "equals-ignore-case": (operand) => ignoringCase("equals-ignore-case", operand, (a, b) => a === b),
  wildcard: (operand) => onText(parseWildcard(textOf("wildcard", operand))),
  numeric: parseNumeric,
  cidr: parseCidr,
  "anything-but": parseAnythingBut,
};

const AFFIXES = {
  prefix: (value: string, affix: string) => value.startsWith(affix),
  suffix: (value: string, affix: string) => value.endsWith(affix),
};

function affix(operator: keyof typeof AFFIXES, operand: unknown): ValueTest {
  const compare = AFFIXES[operator];
  if (isFields(operand)) {
    const [inner, text] = onlyEntry(operand, operator);
    if (inner !== "equals-ignore-case") throw invalidEventPattern(`Unsupported expression ${inner} in ${operator}`);
    return ignoringCase(operator, text, compare);
  }
  const text = textOf(operator, operand);
  return onText((value) => compare(value, text));
}

function ignoringCase(
  operator: string,
  operand: unknown,
  compare: (value: string, text: string) => boolean,
): ValueTest {
  const text = textOf(operator, operand).toLowerCase();
  return onText((value) => compare(value.toLowerCase(), text));
}

function onText(test: (value: string) => boolean): ValueTest {
  return (value) => typeof value === "string" && test(value);
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "=": (value, bound) => value === bound,
};
const LARGEST = 5e9;

/** `[op, number]`, or a lower and an upper bound. */
function parseNumeric(operand: unknown): ValueTest {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const [first, lower, second, upper] = list;
  if (list.length !== 2 && list.length !== 4)
    throw invalidEventPattern("Numeric match must be [op, number] or a range");
  const comparisons = [comparison(first, lower)];
  if (list.length === 4) {
    comparisons.push(comparison(second, upper));
    const isRange = String(first).startsWith(">") && String(second).startsWith("<");
    if (!isRange || Number(lower) >= Number(upper)) {
      throw invalidEventPattern(
        "A numeric range must have a lower bound (> or >=), then a larger upper bound (< or <=)",
      );
    }
  }
  return (value) => typeof value === "number" && Math.abs(value) <= LARGEST && comparisons.every((fits) => fits(value));
}

function comparison(operator: unknown, bound: unknown): (value: number) => boolean {
  const compare =
    typeof operator === "string" && Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (compare === undefined)
    throw invalidEventPattern(`Unrecognized numeric range operator: ${JSON.stringify(operator)}`);
  if (typeof bound !== "number" || Math.abs(bound) > LARGEST) {
    throw invalidEventPattern(`Value of ${JSON.stringify(operator)} must be a number from -5.0e9 to 5.0e9`);
  }
  return (value) => compare(value, bound);
}

function parseCidr(operand: unknown): ValueTest {
  const [address = "", bits = "", ...others] = textOf("cidr", operand).split("/");
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  if (version === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most || others.length > 0) {
    throw invalidEventPattern(`Malformed CIDR: ${String(operand)}`);
  }
  const block = new BlockList();
  block.addSubnet(address, Number(bits), version === 4 ? "ipv4" : "ipv6");
  return onText((value) => isIP(value) === version && block.check(value, version === 4 ? "ipv4" : "ipv6"));
}

/** A value, a list of texts or of numbers, or one of these operators with a text or a list of texts. */
function parseAnythingBut(operand: unknown): ValueTest {
  if (!isFields(operand)) {
    const values = excludedValues(operand);
    return (value) => !values.has(value);
  }
  const [operator, inner] = onlyEntry(operand, "anything-but");
  const reader = Object.hasOwn(EXCLUDABLE, operator) ? EXCLUDABLE[operator] : undefined;
  if (reader === undefined) throw invalidEventPattern(`Unsupported anything-but pattern: ${operator}`);
  const tests = (Array.isArray(inner) ? nonEmpty(inner) : [inner]).map(reader);
  return (value) => !tests.some((test) => test(value));
}

const EXCLUDABLE: Readonly<Record<string, Reader>> = Object.fromEntries(
  ["prefix", "suffix", "equals-ignore-case", "wildcard"].map((operator) => [
    operator,
    (text) => textReader(operator, text),
  ]),
);

function textReader(operator: string, operand: unknown): ValueTest {
  const reader = READERS[operator];
  const text = textOf(`anything-but ${operator}`, operand);
  if (reader === undefined) throw invalidEventPattern(`Unsupported anything-but pattern: ${operator}`);
  return reader(text);
}

function excludedValues(operand: unknown): ReadonlySet<unknown> {
  const values: readonly unknown[] = Array.isArray(operand) ? nonEmpty(operand) : [operand];
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  if (types.size !== 1 || (type !== "string" && type !== "number")) {
    throw invalidEventPattern("Inside anything-but there must be texts alone or numbers alone");
  }
  return new Set(values);
}

function nonEmpty(list: readonly unknown[]): readonly unknown[] {
  if (list.length === 0) throw invalidEventPattern("Empty arrays are not allowed");
  return list;
}

function textOf(operator: string, operand: unknown): string {
  if (typeof operand !== "string") throw invalidEventPattern(`${operator} match pattern must be a string`);
  return operand;
}

function onlyEntry(fields: Readonly<Record<string, unknown>>, what: string): readonly [string, unknown] {
  const [entry, ...others] = Object.entries(fields);
  if (entry === undefined || others.length > 0) throw invalidEventPattern(`${what} must have exactly one key`);
  return entry;
}
