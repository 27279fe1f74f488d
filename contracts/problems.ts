/**
 * One thing that is wrong with a request. `pointer` is a JSON Pointer (RFC 6901) into its body; of a query it is
 * `/query/` and the parameter's name, as if the query were an object under that name, and `/query` for the whole of it.
 */
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

/**
 * Every kind of problem that the API tells of, with its status and title. docs/errors.md says what each means and what
 * to do. A status of 0 stands for kinds that the gateway has under several statuses.
 */
export const PROBLEM_KINDS = {
  "invalid-request": [400, "The request is not valid"],
  "unknown-caller": [403, "The caller is not known"],
  forbidden: [403, "The request is forbidden"],
  "no-such-operation": [404, "There is no such operation"],
  "order-not-found": [404, "There is no such order"],
  "product-not-found": [404, "There is no such product"],
  "unsupported-media-type": [415, "The body must be JSON"],
  "unknown-product": [422, "The order names unknown products"],
  "total-mismatch": [422, "The total does not match the prices"],
  "idempotency-key-reused": [422, "The idempotency key belongs to another order"],
  "rate-limited": [429, "The tenant places orders too fast"],
  "too-many-requests": [429, "Too many requests"],
  "quota-exceeded": [429, "The quota is used up"],
  "internal-fault": [500, "The service failed"],
  unavailable: [503, "The service cannot answer now"],
  overloaded: [503, "Too many orders are waiting"],
  "no-answer": [504, "The service did not answer in time"],
  refused: [0, "The request is refused"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/**
 * Statuses that the gateway gives a kind beside its own; the document then says no status. It answers 502 for a function
 * that broke off: https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export const OTHER_STATUSES: Readonly<Partial<Record<ProblemKind, readonly number[]>>> = { "internal-fault": [502] };

/** The `type` of a kind: a URN, an identifier that stays the same and that nobody needs to resolve. */
export function problemType(kind: ProblemKind): string {
  return `urn:orderflow:problem:${kind}`;
}

/**
 * A problem of a known kind.
 * @param detail a sentence about this very request, for the people at the other end; never internals
 */
export function problem(kind: ProblemKind, detail: string, errors?: readonly Violation[]): Problem {
  const [status, title] = PROBLEM_KINDS[kind];
  return { type: problemType(kind), title, status, detail, ...(errors && { errors }) };
}
