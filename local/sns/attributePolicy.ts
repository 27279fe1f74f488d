import { parseMatcher, type Matcher } from "../eventbridge/valueMatchers";
import { isFields } from "../operationInput";
import type { MessageAttribute, MessageAttributes } from "../sqs/message";
import { policyRefused } from "./filterPolicyError";
import { invalidParameter } from "./snsError";

type Fields = Readonly<Record<string, unknown>>;
export type AttributeTest = (attributes: MessageAttributes) => boolean;

/**
 * Reads a filter policy for message attributes: names, each with a list of which one element must match, and `$or`
 * with alternatives of which one must.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 * @throws InvalidParameter, or the error of the matcher that is wrong
 */
export function parseAttributePolicy(document: Fields): AttributeTest {
  const tests = Object.entries(document).map(([name, value]) =>
    name === "$or" ? parseChoice(value) : parseField(name, value),
  );
  return (attributes) => tests.every((test) => test(attributes));
}

function parseChoice(value: unknown): AttributeTest {
  const alternatives: readonly unknown[] = Array.isArray(value) ? value : [];
  if (alternatives.length < 2 || !alternatives.every(isFields)) {
    throw policyRefused('"$or" must be an array of at least two objects');
  }
  const tests = alternatives.filter(isFields).map(parseAttributePolicy);
  return (attributes) => tests.some((test) => test(attributes));
}

function parseField(name: string, value: unknown): AttributeTest {
  if (isFields(value)) {
    throw invalidParameter("Filter policy scope MessageAttributes does not support nested filter policy");
  }
  if (!Array.isArray(value)) throw policyRefused(`"${name}" must be an object or an array`);
  const elements: readonly unknown[] = value;
  if (elements.length === 0) throw policyRefused("Empty arrays are not allowed");
  const matchers = elements.map(parseMatcher);
  // AWS takes null for "has no such attribute" too: messages without attributes pass [null, {"anything-but": "x"}].
  const takesAbsence = elements.includes(null);
  return (attributes) => {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (attribute === undefined && takesAbsence) return true;
    const values = attribute === undefined ? [] : valuesOf(attribute);
    const situation = { values, present: attribute !== undefined, anyPresent: Object.keys(attributes).length > 0 };
    return matchers.some((matcher) => matches(matcher, situation));
  };
}

interface Situation {
  readonly values: readonly unknown[];
  readonly present: boolean;
  readonly anyPresent: boolean;
}

/** https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html */
function matches(matcher: Matcher, { values, present, anyPresent }: Situation): boolean {
  if (matcher.on === "value") return values.some(matcher.test);
  if (matcher.exists) return values.some((value) => value !== null && value !== "");
  // A message without any attribute does not match, though it lacks this one.
  return !present && anyPresent;
}

/** What can match: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
function valuesOf({ dataType, stringValue = "" }: MessageAttribute): readonly unknown[] {
  if (dataType === "String") return [stringValue];
  if (dataType === "Number") return [Number(stringValue)];
  return dataType === "String.Array" ? elementsOf(stringValue) : [];
}

function elementsOf(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return [];
    return (list as readonly unknown[]).filter((element) => typeof element !== "object" || element === null);
  } catch {
    return [];
  }
}
