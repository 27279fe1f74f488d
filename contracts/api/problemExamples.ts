import { PROBLEM_KINDS, problemType, type ProblemDocument, type ProblemKind, type Violation } from "../problems";
import type { AnswerHeaderName } from "./headers";

/** What is said about a kind beside its status and title. */
interface Said {
  readonly detail: string;
  readonly errors?: readonly Violation[];
  /** Headers of its answer beside X-Correlation-Id. */
  readonly headers?: readonly AnswerHeaderName[];
}

const RETRY: readonly AnswerHeaderName[] = ["Retry-After"];

const SAID: Readonly<Record<ProblemKind, Said>> = {
  "invalid-request": {
    detail: "The order has 2 mistake(s), listed in errors.",
    errors: [
      { pointer: "/items/0/qty", detail: "Expected at least 1" },
      { pointer: "/userId", detail: "Expected required property" },
    ],
  },
  "unknown-caller": { detail: "Send a valid API key in the header x-api-key." },
  forbidden: { detail: "Access is denied." },
  "no-such-operation": { detail: "The API has no such method and path." },
  "order-not-found": { detail: "No order of yours has this id." },
  "product-not-found": { detail: "No product has this id." },
  "unsupported-media-type": { detail: "Send the order with Content-Type: application/json." },
  "unknown-product": { detail: "There is no product PROD-999." },
  "total-mismatch": {
    detail: "The order comes to 149.97 EUR, not 139.97.",
    errors: [{ pointer: "/totalAmount", detail: "Expected 149.97" }],
  },
  "idempotency-key-reused": {
    detail: "This idempotency key came with another body before. Use a new key for a new order.",
  },
  "rate-limited": {
    detail: "You place orders faster than agreed. One more will be taken in 1 s.",
    headers: ["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
  },
  "too-many-requests": { detail: "The service takes no more requests at the moment.", headers: RETRY },
  "quota-exceeded": { detail: "The API key's quota is used up." },
  "internal-fault": {
    detail: "The request failed for a reason on our side. Try again, and quote the correlation id if that fails too.",
  },
  unavailable: {
    detail: "The service cannot answer now. Send the request again, with the same Idempotency-Key, after Retry-After.",
    headers: RETRY,
  },
  overloaded: {
    detail: "More orders are waiting than can be worked off soon. Send the request again after Retry-After.",
    headers: RETRY,
  },
  "no-answer": {
    detail:
      "The service did not answer in time. Send the request again, with the same Idempotency-Key, after Retry-After.",
    headers: RETRY,
  },
  refused: { detail: "Bad Request" },
};

/** Names the request in all examples. */
const CORRELATION_ID = "b1946ac9-2a5e-4c55-9d3e-7a3c8f0b8d11";

/** A problem of a kind as an answer shows it. A kind that comes under several statuses says none. */
export function problemExample(kind: ProblemKind): Omit<ProblemDocument, "status"> & { readonly status?: number } {
  const [status, title] = PROBLEM_KINDS[kind];
  const { detail, errors } = SAID[kind];
  return {
    type: problemType(kind),
    title,
    ...(status !== 0 && { status }),
    detail,
    ...(errors && { errors }),
    correlationId: CORRELATION_ID,
  };
}

/** An `invalid-request` whose mistakes are in the query. */
export const INVALID_QUERY_EXAMPLE = {
  ...problemExample("invalid-request"),
  detail: "The query has 1 mistake(s), listed in errors.",
  errors: [{ pointer: "/query/limit", detail: "Expected a whole number from 1 to 100" }],
};

/** Headers that answers of a kind have beside X-Correlation-Id. */
export function problemHeaders(kind: ProblemKind): readonly AnswerHeaderName[] {
  return SAID[kind].headers ?? [];
}
