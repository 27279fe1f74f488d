import { CORS_HEADERS } from "../../../contracts/http";
import { problem, type Problem, type ProblemKind } from "../../../contracts/problems";
import { problemHeaders } from "../../../contracts/api/problemExamples";
import type { WireAnswer, WireRequest } from "../../../simulation/fuzz/exchange";

/** An answer as the API gives it, with what a test cares about laid over it. */
export function anAnswer(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
  const all = {
    "content-type": "application/json",
    "x-correlation-id": "c-1",
    "access-control-allow-origin": CORS_HEADERS["Access-Control-Allow-Origin"] ?? "",
    ...headers,
  };
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return { status, headers: new Map(Object.entries(all)), body: bytes, durationMs: 1 };
}

/** A problem as the API answers it. */
export function aRefusal(
  kind: ProblemKind,
  over: Partial<Problem> = {},
  headers: Record<string, string> = {},
): WireAnswer {
  const document = { ...problem(kind, "No."), correlationId: "c-1", ...over };
  const retry = Object.fromEntries(problemHeaders(kind).map((name) => [name.toLowerCase(), "1"]));
  return anAnswer(document.status, document, { "content-type": "application/problem+json", ...retry, ...headers });
}

export function aRequest(over: Partial<WireRequest> = {}): WireRequest {
  return { method: "GET", target: "/products", headers: [["x-api-key", "the-key"]], ...over };
}
