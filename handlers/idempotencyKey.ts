import { v5 as uuidV5 } from "uuid";
import type { HttpRefusal } from "../contracts/http";
import { problem } from "../contracts/problems";

/** Either name is understood; the first is the one of the IETF's draft. */
const HEADERS = ["idempotency-key", "x-idempotency-key"] as const;

/** Visible ASCII without spaces. Two values of one header arrive joined by ", ", so they do not match. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The namespace of order ids that are made of a key. Changing it would make every repeated request a new order. */
const NAMESPACE = "6f1a3c52-92c4-4a7e-8f0b-3d6a4f0c9b1e";

/** The idempotency key of a request, undefined without one, or a refusal when it is unusable. */
export function readIdempotencyKey(headers: Readonly<Record<string, string>>): string | undefined | HttpRefusal {
  const given = new Set(HEADERS.map((name) => headers[name]).filter((value) => value !== undefined));
  if (given.size > 1) return refuse("Idempotency-Key and X-Idempotency-Key differ; send one of them.");
  const [key] = given;
  if (key !== undefined && !KEY.test(key)) return refuse("Idempotency-Key must be 1 to 255 visible ASCII characters.");
  return key;
}

/** The id of the order that a tenant's key stands for: always the same, and never another tenant's. */
export function orderIdOf(tenantId: string, key: string): string {
  return uuidV5(JSON.stringify([tenantId, key]), NAMESPACE);
}

function refuse(detail: string): HttpRefusal {
  return { problem: problem("invalid-request", detail) };
}
