import type { HttpRefusal } from "../contracts/http";
import { problem } from "../contracts/problems";

/** Either name is understood; the first is the one of the IETF's draft. */
const HEADERS = ["idempotency-key", "x-idempotency-key"] as const;

/** Visible ASCII without spaces. Two values of one header arrive joined by ", ", so they do not match. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The idempotency key of a request, undefined without one, or a refusal when it is unusable. */
export function readIdempotencyKey(headers: Readonly<Record<string, string>>): string | undefined | HttpRefusal {
  const given = new Set(HEADERS.map((name) => headers[name]).filter((value) => value !== undefined));
  if (given.size > 1) return refuse("Idempotency-Key and X-Idempotency-Key differ; send one of them.");
  const [key] = given;
  if (key !== undefined && !KEY.test(key)) return refuse("Idempotency-Key must be 1 to 255 visible ASCII characters.");
  return key;
}

function refuse(detail: string): HttpRefusal {
  return { problem: problem("invalid-request", detail) };
}
