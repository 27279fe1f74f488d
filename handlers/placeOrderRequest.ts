import type { DefinedError } from "ajv";
import type { HttpRefusal, HttpRequest } from "../contracts/http";
import { problem, type Violation } from "../contracts/problems";
import type { PlaceOrderBody } from "../contracts/schemas";
import isPlaceOrderBody from "./compiled/placeOrderBody";

const JSON_MEDIA_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Most violations that one answer lists. */
const MOST_VIOLATIONS = 100;

/**
 * Control characters, NUL for one, and halves of characters outside the Basic Multilingual Plane. JSON can carry both;
 * they mean nothing in a name, and a half has no UTF-8, so that a store keeps something else or refuses it.
 */
const UNREADABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * The body of POST /orders, or a refusal that lists everything that is wrong with it. The gateway asks
 * only for a JSON object, and that only under application/json.
 *
 * The answer holds the fields that the service knows, and none else: a price that a client sends is as good as
 * not there. So two bodies that differ in other fields alone are one body, also under an idempotency key. Of a field
 * that comes twice the last one counts, as `JSON.parse` has it.
 */
export function readPlaceOrder({ headers, body }: Pick<HttpRequest, "headers" | "body">): PlaceOrderBody | HttpRefusal {
  if (!JSON_MEDIA_TYPE.test(headers["content-type"] ?? "")) {
    return { problem: problem("unsupported-media-type", "Send the order with Content-Type: application/json.") };
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return invalid([{ pointer: "", detail: "Expected JSON" }]);
  }
  const violations = shapeViolations(value);
  if (violations.length > 0) return invalid(violations);
  const order = known(value as PlaceOrderBody);
  const mistakes = [...repeatedProducts(order), ...unreadableTexts(order)];
  return mistakes.length > 0 ? invalid(mistakes) : order;
}

function known({ userId, items, totalAmount, customerEmail }: PlaceOrderBody): PlaceOrderBody {
  return {
    userId,
    items: items.map(({ productId, qty }) => ({ productId, qty })),
    ...(totalAmount !== undefined && { totalAmount }),
    ...(customerEmail !== undefined && { customerEmail }),
  };
}

function invalid(errors: readonly Violation[]): HttpRefusal {
  return {
    problem: problem("invalid-request", `The order has ${errors.length} mistake(s), listed in errors.`, errors),
  };
}

/** The first violation at each place: a missing field is not also "no string". */
function shapeViolations(value: unknown): Violation[] {
  if (isPlaceOrderBody(shortened(value))) return [];
  const violations = new Map<string, string>();
  for (const error of (isPlaceOrderBody.errors ?? []) as DefinedError[]) {
    const { pointer, detail } = violation(error);
    if (!violations.has(pointer)) violations.set(pointer, detail);
    if (violations.size === MOST_VIOLATIONS) break;
  }
  return [...violations].map(([pointer, detail]) => ({ pointer, detail }));
}

/** With as many lines as could fill an answer: the check goes through every line, and a body can hold a million. */
function shortened(value: unknown): unknown {
  const { items } = (value ?? {}) as { readonly items?: unknown };
  if (!Array.isArray(items) || items.length <= MOST_VIOLATIONS) return value;
  return { ...(value as object), items: items.slice(0, MOST_VIOLATIONS) };
}

function violation(error: DefinedError): Violation {
  const { instancePath, keyword, params } = error;
  const pointer = keyword === "required" ? `${instancePath}/${params.missingProperty}` : instancePath;
  const sentence = EXPECTATIONS[keyword];
  return { pointer, detail: sentence?.(params as unknown as Asked) ?? `Expected what ${keyword} asks for` };
}

/** What a keyword of the schema says, each in a field of its own. */
type Asked = Readonly<Record<"type" | "limit" | "pattern", string | number>>;

const EXPECTATIONS: { readonly [Keyword in DefinedError["keyword"]]?: (asked: Asked) => string } = {
  required: () => "Expected required property",
  type: ({ type }) => `Expected ${type}`,
  minimum: ({ limit }) => `Expected at least ${limit}`,
  maximum: ({ limit }) => `Expected at most ${limit}`,
  minLength: ({ limit }) => `Expected a length of at least ${limit}`,
  maxLength: ({ limit }) => `Expected a length of at most ${limit}`,
  minItems: ({ limit }) => `Expected a length of at least ${limit}`,
  maxItems: ({ limit }) => `Expected a length of at most ${limit}`,
  pattern: ({ pattern }) => `Expected text that matches ${pattern}`,
};

function repeatedProducts({ items }: PlaceOrderBody): Violation[] {
  const seen = new Set<string>();
  return items.flatMap(({ productId }, line) => {
    if (!seen.has(productId)) return (seen.add(productId), []);
    return [{ pointer: `/items/${line}/productId`, detail: "Expected a product once; add up its quantities" }];
  });
}

function unreadableTexts({ userId, customerEmail = "", items }: PlaceOrderBody): Violation[] {
  const texts = [
    ["/userId", userId],
    ["/customerEmail", customerEmail],
    ...items.map(({ productId }, line) => [`/items/${line}/productId`, productId] as const),
  ] as const;
  return texts
    .filter(([, text]) => UNREADABLE.test(text))
    .map(([pointer]) => ({ pointer, detail: "Expected no control characters, and whole characters only" }));
}
