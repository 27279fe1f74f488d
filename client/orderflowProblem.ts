import type { components } from "./schema";

/** What the API says when it says no (RFC 9457). */
export type Problem = components["schemas"]["ProblemBody"];

/** An answer that says no. docs/errors.md tells what each type means. */
export class OrderflowProblem extends Error {
  override readonly name = "OrderflowProblem";
  readonly status: number;
  /** Such as `urn:orderflow:problem:total-mismatch`; `about:blank` when something else than the API answered. */
  readonly type: string;
  /** The whole document, if there was one. */
  readonly problem: Problem | undefined;
  /** When the same request may be sent again; absent when that would not help. */
  readonly retryAfterSeconds: number | undefined;

  constructor({ status, statusText, headers }: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    super(problem === undefined ? `${status} ${statusText}`.trim() : `${problem.title}: ${problem.detail}`);
    this.status = status;
    this.type = problem?.type ?? "about:blank";
    this.problem = problem;
    const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
    this.retryAfterSeconds = Number.isNaN(seconds) ? undefined : seconds;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "type" in body && "title" in body && "detail" in body;
}
