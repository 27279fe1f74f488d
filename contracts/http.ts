import type { Problem } from "./problems";

/** A request of a known tenant, freed of what the gateway adds. */
export interface HttpRequest {
  readonly tenantId: string;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Decoded; the last value of each query parameter. */
  readonly query: Readonly<Record<string, string>>;
  /** Names of the query parameters that came more than once; absent when none did. */
  readonly repeatedQuery?: readonly string[];
  /** Names in lower case; several values of one name are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Text, decoded; empty when the request has none. */
  readonly body: string;
  /** The caller's `x-correlation-id` when it is usable, else a new one. */
  readonly correlationId: string;
}

/** An answer with a body that JSON can carry, or without one (304). */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** An answer that says no, sent as `application/problem+json` with the problem's status. */
export interface HttpRefusal {
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

export type HttpResponse = HttpAnswer | HttpRefusal;

/** The operations of one function, by method and path, for example `GET /orders/{orderId}`. */
export type HttpOperations = Readonly<Record<string, HttpHandler>>;

/** One operation of the API. A thrown error becomes a 500 problem that tells nothing of the inside. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * On every answer: with the proxy integration API Gateway adds no CORS header by itself
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html). Any origin may call,
 * because the API key travels in a header that a page must know, and no cookie is ever read.
 */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": [
    ...["ETag", "Location", "Retry-After", "Idempotency-Replayed", "X-Correlation-Id"],
    ...["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
  ].join(", "),
};

/** What a browser is told before it sends a request (OPTIONS). */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  ...CORS_HEADERS,
  "Access-Control-Allow-Methods": "GET,POST,OPTIONS",
  "Access-Control-Allow-Headers": [
    ...["Content-Type", "X-Api-Key", "If-None-Match"],
    ...["Idempotency-Key", "X-Idempotency-Key", "X-Correlation-Id"],
  ].join(","),
  "Access-Control-Max-Age": "600",
};
