import type { HttpRequest } from "../../contracts/http";

/** A request of the tenant acme, with what the test cares about. */
export function aRequest(rest: Partial<HttpRequest> = {}): HttpRequest {
  return { tenantId: "acme", pathParameters: {}, query: {}, headers: {}, body: "", correlationId: "c", ...rest };
}
