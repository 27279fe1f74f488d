import { parseEventPattern } from "../eventbridge/eventPattern";
import { isFields } from "../operationInput";
import type { MessageAttributes } from "../sqs/message";
import { parseAttributePolicy } from "./attributePolicy";
import { asPolicyError, policyRefused } from "./filterPolicyError";

type Fields = Readonly<Record<string, unknown>>;

export const FILTER_SCOPES = ["MessageAttributes", "MessageBody"] as const;
export type FilterScope = (typeof FILTER_SCOPES)[number];

/** Whether a subscription wants a message. */
export type Filter = (message: { readonly body: string; readonly attributes: MessageAttributes }) => boolean;

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_BYTES = 262_144;
const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;
const LARGEST_NUMBER = 1e9;

/**
 * Reads a filter policy.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 * @param text JSON, at most 256 KB; at most five keys at its top and 150 combinations of values
 * @throws InvalidParameter
 */
export function parseFilterPolicy(text: string, scope: FilterScope): Filter {
  const document = readDocument(text);
  const keys = Object.keys(document).length;
  if (keys === 0) return () => true;
  if (keys > MOST_KEYS) throw policyRefused("Filter policy can not have more than 5 keys");
  try {
    const filter = scope === "MessageAttributes" ? attributeFilter(document) : bodyFilter(text);
    if (combinations(document, 1) > MOST_COMBINATIONS) throw policyRefused("Filter policy is too complex");
    checkMatchers(document);
    return filter;
  } catch (error) {
    throw asPolicyError(error);
  }
}

function readDocument(text: string): Fields {
  if (Buffer.byteLength(text) > MOST_BYTES) throw policyRefused("Filter policy is too large");
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw policyRefused(`failed to parse JSON. ${(error as Error).message}`);
  }
  if (!isFields(document)) throw policyRefused("Filter is not an object");
  return document;
}

function attributeFilter(document: Fields): Filter {
  const matches = parseAttributePolicy(document);
  return ({ attributes }) => matches(attributes);
}

/** A body that is not JSON passes no policy. */
function bodyFilter(text: string): Filter {
  const pattern = parseEventPattern(text, MOST_BYTES);
  return ({ body }) => {
    try {
      const document: unknown = JSON.parse(body);
      return isFields(document) && pattern.matches(document);
    } catch {
      return false;
    }
  };
}

/** Number of values times their depth, multiplied over all keys; alternatives of `$or` are added. */
function combinations(fields: Fields, depth: number): number {
  return Object.entries(fields).reduce((product, [name, value]) => product * combinationsOf(name, value, depth), 1);
}

function combinationsOf(name: string, value: unknown, depth: number): number {
  if (isFields(value)) return combinations(value, depth + 1);
  if (!Array.isArray(value)) return 1;
  const elements: readonly unknown[] = value;
  if (name !== "$or") return elements.length * depth;
  return elements.filter(isFields).reduce((sum, alternative) => sum + combinations(alternative, depth), 0);
}

/** Refuses what the shared matchers know from EventBridge and SNS does not, and numbers that are out of its range. */
function checkMatchers(fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    if (isFields(value)) checkMatchers(value);
    if (!Array.isArray(value)) continue;
    for (const element of value as readonly unknown[]) {
      if (name !== "$or") checkMatcher(element);
      else if (isFields(element)) checkMatchers(element);
    }
  }
}

function checkMatcher(element: unknown): void {
  checkNumbers(element);
  if (!isFields(element)) return;
  const [operator = "", operand] = Object.entries(element)[0] ?? [];
  if (operator === "wildcard") throw policyRefused("Unrecognized match type wildcard");
  const inner = isFields(operand) ? Object.keys(operand)[0] : undefined;
  if (inner !== undefined && (operator !== "anything-but" || inner !== "prefix")) {
    throw policyRefused(`Unsupported ${operator} pattern: ${inner}`);
  }
}

function checkNumbers(value: unknown): void {
  if (typeof value === "number" && Math.abs(value) > LARGEST_NUMBER) {
    throw policyRefused("Values must be numbers from -1.0e9 to 1.0e9");
  }
  if (typeof value === "object" && value !== null) Object.values(value).forEach(checkNumbers);
}
