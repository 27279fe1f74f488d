import { isFields } from "../operationInput";
import { invalidEventPattern } from "./eventBridgeError";
import { parseMatcher, type Matcher } from "./valueMatchers";

/** An event pattern, ready to be held against events. */
export interface EventPattern {
  readonly text: string;
  matches(event: unknown): boolean;
}

/** Fields that must all match, and for each `$or` alternatives of which one must. */
interface Branch {
  readonly fields: readonly { readonly name: string; readonly condition: Branch | Leaf }[];
  readonly choices: readonly (readonly Branch[])[];
}

interface Leaf {
  readonly path: readonly string[];
  readonly matchers: readonly Matcher[];
}

const MOST_CHARACTERS = 4096;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or */
const MOST_OR_COMBINATIONS = 1000;

/**
 * Reads an event pattern. A field of an event matches when one of its values matches one element of the
 * pattern's list; within a list of objects, one object has to match all that the pattern asks of it.
 *
 * @param text JSON
 * @param mostCharacters its greatest length
 * @throws InvalidEventPatternException
 */
export function parseEventPattern(text: string, mostCharacters = MOST_CHARACTERS): EventPattern {
  if (text.length > mostCharacters) throw invalidEventPattern(`Longer than ${mostCharacters} characters`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw invalidEventPattern((error as Error).message);
  }
  if (!isFields(document)) throw invalidEventPattern("Filter is not an object");
  const root = parseBranch(document, []);
  if (combinations(root) > MOST_OR_COMBINATIONS) {
    throw invalidEventPattern(`More than ${MOST_OR_COMBINATIONS} combinations of $or`);
  }
  return { text, matches: (event) => matchesBranch(root, event, event) };
}

function parseBranch(document: Readonly<Record<string, unknown>>, path: readonly string[]): Branch {
  const entries = Object.entries(document);
  if (entries.length === 0) throw invalidEventPattern("Empty objects are not allowed");
  return {
    fields: entries
      .filter(([name]) => name !== "$or")
      .map(([name, value]) => ({ name, condition: parseCondition(value, [...path, name]) })),
    choices: entries.filter(([name]) => name === "$or").map(([, value]) => parseChoice(value, path)),
  };
}

function parseCondition(value: unknown, path: readonly string[]): Branch | Leaf {
  if (isFields(value)) return parseBranch(value, path);
  if (!Array.isArray(value)) throw invalidEventPattern(`"${path.at(-1)}" must be an object or an array`);
  if (value.length === 0) throw invalidEventPattern("Empty arrays are not allowed");
  return { path, matchers: value.map(parseMatcher) };
}

function parseChoice(value: unknown, path: readonly string[]): readonly Branch[] {
  const alternatives: readonly unknown[] = Array.isArray(value) ? value : [];
  if (alternatives.length < 2 || !alternatives.every(isFields)) {
    throw invalidEventPattern('"$or" must be an array of at least two objects');
  }
  return alternatives.filter(isFields).map((alternative) => parseBranch(alternative, path));
}

function combinations(condition: Branch | Leaf): number {
  if ("matchers" in condition) return 1;
  const ofFields = condition.fields.reduce((product, field) => product * combinations(field.condition), 1);
  return condition.choices.reduce(
    (product, choice) => product * choice.reduce((sum, alternative) => sum + combinations(alternative), 0),
    ofFields,
  );
}

function matchesBranch(branch: Branch, value: unknown, event: unknown): boolean {
  if (Array.isArray(value) && value.length > 0) {
    return (value as readonly unknown[]).some((element) => matchesBranch(branch, element, event));
  }
  return (
    branch.fields.every(({ name, condition }) => matchesCondition(condition, fieldOf(value, name), event)) &&
    branch.choices.every((choice) => choice.some((alternative) => matchesBranch(alternative, value, event)))
  );
}

function matchesCondition(condition: Branch | Leaf, value: unknown, event: unknown): boolean {
  if (!("matchers" in condition)) return matchesBranch(condition, value, event);
  const values = leavesOf(value);
  return condition.matchers.some((matcher) => {
    if (matcher.on === "value") return values.some(matcher.test);
    // A field is absent when no object of any list on its way has it.
    return matcher.exists ? values.length > 0 : !existsIn(event, condition.path);
  });
}

function existsIn(value: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return leavesOf(value).length > 0;
  if (Array.isArray(value)) return (value as readonly unknown[]).some((element) => existsIn(element, path));
  return existsIn(fieldOf(value, name), rest);
}

function fieldOf(value: unknown, name: string): unknown {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The values of a field that can match: itself or, of a list, those that are neither lists nor objects. */
function leavesOf(value: unknown): readonly unknown[] {
  if (value === undefined || isFields(value)) return [];
  return Array.isArray(value) ? (value as readonly unknown[]).flatMap(leavesOf) : [value];
}
