import { Errors } from "@sinclair/typebox/errors";
import type { HttpRefusal, HttpRequest } from "../contracts/http";
import { minorDigits, toMinor } from "../contracts/money";
import { problem, type Violation } from "../contracts/problems";
import { PlaceOrderBody } from "../contracts/schemas";

const JSON_MEDIA_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Most violations that one answer lists. */
const MOST_VIOLATIONS = 100;

/**
 * The body of POST /orders, or a refusal that lists everything that is wrong with it. The gateway checks the
 * same schema, but only for media types that it knows, and not all of its keywords.
 */
export function readPlaceOrder(
  { headers, body }: Pick<HttpRequest, "headers" | "body">,
  currency: string,
): PlaceOrderBody | HttpRefusal {
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
  const order = value as PlaceOrderBody;
  const mistakes = [...repeatedProducts(order), ...inexactTotal(order, currency)];
  return mistakes.length > 0 ? invalid(mistakes) : order;
}

function invalid(errors: readonly Violation[]): HttpRefusal {
  return {
    problem: problem("invalid-request", `The order has ${errors.length} mistake(s), listed in errors.`, errors),
  };
}

/** The first violation at each place: a missing field is not also "no string". */
function shapeViolations(value: unknown): Violation[] {
  const violations = new Map<string, string>();
  for (const { path, message } of Errors(PlaceOrderBody, value)) {
    if (!violations.has(path)) violations.set(path, message);
    if (violations.size === MOST_VIOLATIONS) break;
  }
  return [...violations].map(([pointer, detail]) => ({ pointer, detail }));
}

function repeatedProducts({ items }: PlaceOrderBody): Violation[] {
  const seen = new Set<string>();
  return items.flatMap(({ productId }, line) => {
    if (!seen.has(productId)) return (seen.add(productId), []);
    return [{ pointer: `/items/${line}/productId`, detail: "Expected a product once; add up its quantities" }];
  });
}

function inexactTotal({ totalAmount }: PlaceOrderBody, currency: string): Violation[] {
  if (totalAmount === undefined || toMinor(totalAmount, currency) !== undefined) return [];
  return [
    { pointer: "/totalAmount", detail: `Expected at most ${minorDigits(currency)} decimals, as ${currency} has` },
  ];
}
