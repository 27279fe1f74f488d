import type { Parameter } from "./operation";

/** On every operation that a function answers. */
export const CORRELATION_ID: Parameter = {
  name: "X-Correlation-Id",
  in: "header",
  required: false,
  description: "Names the request in logs and events; made up when absent or unusable.",
  schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,128}$" },
};

/** The path parameter of an order. */
export const ORDER_ID: Parameter = {
  name: "orderId",
  in: "path",
  required: true,
  description: "As the service gave it.",
  schema: { type: "string", pattern: "^[A-Za-z0-9-]{1,64}$" },
  example: "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
};

/** For an answer that need not be sent again. */
export const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  required: false,
  description: "The ETag of an earlier answer. When nothing has changed the answer is 304, without a body.",
  schema: { type: "string" },
};

/** Orders or products of one page. */
export const PAGE_LIMIT = { minimum: 1, maximum: 100, default: 20 } as const;

/** What every list understands. */
export const PAGE: readonly Parameter[] = [
  {
    name: "limit",
    in: "query",
    required: false,
    description: "How many to answer at most.",
    schema: { type: "integer", ...PAGE_LIMIT },
  },
  {
    name: "cursor",
    in: "query",
    required: false,
    description: "The nextCursor of the page before, with the same filter.",
    schema: { type: "string", maxLength: 1024 },
  },
];
