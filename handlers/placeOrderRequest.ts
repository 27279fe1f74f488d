import { Errors, ValueErrorType, type ValueError } from "@sinclair/typebox/errors";
import type { HttpRefusal, HttpRequest } from "../contracts/http";
import { problem, type Violation } from "../contracts/problems";
import { PlaceOrderBody } from "../contracts/schemas";

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
  const violations = new Map<string, string>();
  for (const error of Errors(PlaceOrderBody, value)) {
    if (isShortEnough(error)) continue;
    const { path, message } = error;
    if (!violations.has(path)) violations.set(path, message);
    if (violations.size === MOST_VIOLATIONS) break;
  }
  return [...violations].map(([pointer, detail]) => ({ pointer, detail }));
}

/**
 * Whether a text is too long only where halves of characters are counted, as TypeBox does. JSON Schema, and so the API's
 * document, counts characters: https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.1
 */
function isShortEnough({ type, schema, value }: ValueError): boolean {
  if (type !== ValueErrorType.StringMaxLength) return false;
  const text = value as string;
  const { maxLength = 0 } = schema as { readonly maxLength?: number };
  // Taking megabytes apart would only tell what is known already.
  return text.length <= 2 * maxLength && [...text].length <= maxLength;
}

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
