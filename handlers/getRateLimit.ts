import type { HttpHandler } from "../contracts/http";
import type { RateLimitView } from "../contracts/schemas";
import { type Limiter, rateLimitHeaders } from "./admission";

export interface GetRateLimitDeps {
  readonly limiter: Pick<Limiter, "look">;
  readonly now: () => Date;
}

/** GET /rate-limit: what is left of the tenant's limit of orders. To look takes none of it. */
export function getRateLimit({ limiter, now }: GetRateLimitDeps): HttpHandler {
  return async ({ tenantId }) => {
    const allowance = await limiter.look(tenantId, now());
    const { limit, remaining, resetSeconds } = allowance;
    const body: RateLimitView = { limit, remaining, resetSeconds };
    return { status: 200, headers: rateLimitHeaders(allowance), body };
  };
}
