import type { Operation } from "./operation";
import { CORRELATION_ID } from "./parameters";

/** GET /rate-limit */
export const getRateLimit: Operation = {
  method: "GET",
  path: "/rate-limit",
  tag: "Service",
  summary: "How many orders the tenant may place now",
  description: "Looks at the tenant's limit without using any of it.",
  parameters: [CORRELATION_ID],
  answers: {
    200: {
      description: "The tenant's limit.",
      schema: "RateLimitView",
      headers: ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
      example: { limit: 100, remaining: 97, resetSeconds: 1 },
    },
  },
  problems: ["internal-fault", "unavailable"],
  access: "tenant",
};

/** GET /health */
export const health: Operation = {
  method: "GET",
  path: "/health",
  tag: "Service",
  summary: "Whether the API is there",
  description:
    "Answered by the gateway alone: it says nothing of what stands behind it. A Content-Type, which a GET needs not have, " +
    "must be application/json.",
  parameters: [],
  answers: { 200: { description: "The API is there.", schema: "HealthView", example: { status: "ok" } } },
  problems: ["unsupported-media-type", "too-many-requests"],
  access: "anyone",
};
