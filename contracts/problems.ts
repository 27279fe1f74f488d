/** One thing that is wrong with a request; `pointer` is a JSON Pointer (RFC 6901) into its body. */
export interface Violation {
  readonly pointer: string;
  readonly detail: string;
}

/** What went wrong, as RFC 9457 wants it said. The entry adds the correlation id. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Violation[];
}

/** A problem as it stands in an answer, `application/problem+json`. */
export interface ProblemDocument extends Problem {
  readonly correlationId: string;
}

export const PROBLEM_MEDIA_TYPE = "application/problem+json";

const KINDS = {
  "invalid-request": [400, "The request is not valid"],
  "unknown-caller": [403, "The caller is not known"],
  "order-not-found": [404, "There is no such order"],
  "unsupported-media-type": [415, "The body must be JSON"],
  "unknown-product": [422, "The order names unknown products"],
  "total-mismatch": [422, "The total does not match the prices"],
  "idempotency-key-reused": [422, "The idempotency key belongs to another order"],
  "internal-fault": [500, "The service failed"],
  unavailable: [503, "The service cannot answer now"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemKind = keyof typeof KINDS;

/**
 * A problem of a known kind. Its `type` is a URN, an identifier that nobody needs to resolve.
 * @param detail a sentence about this very request, for the people at the other end; never internals
 */
export function problem(kind: ProblemKind, detail: string, errors?: readonly Violation[]): Problem {
  const [status, title] = KINDS[kind];
  return { type: `urn:orderflow:problem:${kind}`, title, status, detail, ...(errors && { errors }) };
}
