import type { HttpRefusal, HttpResponse } from "../contracts/http";
import { problem } from "../contracts/problems";
import type { Allowance } from "./gcra";
import { count, log } from "./telemetry";

/** Whether a tenant may place an order now, and what is left then. */
export type Verdict =
  | { readonly allowed: true; readonly allowance: Allowance }
  | { readonly allowed: false; readonly allowance: Allowance; readonly retryAfterSeconds: number };

/** How fast each tenant places orders. Both operations reject when that cannot be told. */
export interface Limiter {
  /** Takes one order off what is left, if there is one. */
  take(tenantId: string, now: Date): Promise<Verdict>;
  /** Takes nothing. */
  look(tenantId: string, now: Date): Promise<Allowance>;
}

/** How many orders wait for the saga or are in it. */
export interface QueueDepth {
  /** About a second old at most; rejects when it cannot be told. */
  read(): Promise<number>;
}

export interface AdmissionDeps {
  readonly limiter: Pick<Limiter, "take">;
  readonly queueDepth: QueueDepth;
  /** Orders in the queue above which none is let in. */
  readonly backPressureDepth: number;
  /** Whether orders are let in while the limiter cannot tell, or refused. */
  readonly limiterFailsOpen: boolean;
  /** Whether orders are let in while the queue's depth is not known, or refused. */
  readonly backPressureFailsOpen: boolean;
  readonly now: () => Date;
}

/** An order that is let in: headers for its answer, whatever that will be. */
export interface Admitted {
  readonly headers: Readonly<Record<string, string>>;
}

/** Decides whether a valid order of a tenant is let in. Never rejects. */
export type Admit = (tenantId: string) => Promise<Admitted | HttpRefusal>;

/** Lets an order in and answers it, with the headers of its admission on whatever the answer is; or says why not. */
export async function ifAdmitted(
  admit: Admit,
  tenantId: string,
  answer: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const admitted = await admit(tenantId);
  if ("problem" in admitted) return admitted;
  const response = await answer();
  return { ...response, headers: { ...response.headers, ...admitted.headers } };
}

/**
 * What stands before every order: the queue must not be too deep, and the tenant not too fast, in this sequence, so
 * that an order which could not be taken anyway uses nothing up.
 */
export function admission(deps: AdmissionDeps): Admit {
  return async (tenantId) => (await pushBack(deps)) ?? limit(deps, tenantId);
}

async function pushBack(deps: AdmissionDeps): Promise<HttpRefusal | undefined> {
  try {
    const depth = await deps.queueDepth.read();
    if (depth <= deps.backPressureDepth) return undefined;
    count("BackPressureApplied");
    log("warn", "The order queue is too deep for another order.", { depth });
  } catch (error) {
    count("QueueDepthUnavailable");
    log("warn", "The depth of the order queue is not known.", { error, letIn: deps.backPressureFailsOpen });
    return deps.backPressureFailsOpen ? undefined : unavailable();
  }
  const detail = "More orders are waiting than can be worked off soon. Send the request again after Retry-After.";
  return { problem: problem("overloaded", detail), headers: retryAfter(OVERLOADED_SECONDS) };
}

async function limit(deps: AdmissionDeps, tenantId: string): Promise<Admitted | HttpRefusal> {
  let verdict: Verdict;
  try {
    verdict = await deps.limiter.take(tenantId, deps.now());
  } catch (error) {
    count("LimiterUnavailable");
    log("warn", "The limiter cannot tell how fast a tenant is.", { error, letIn: deps.limiterFailsOpen });
    return deps.limiterFailsOpen ? { headers: {} } : unavailable();
  }
  const headers = rateLimitHeaders(verdict.allowance);
  if (verdict.allowed) return { headers };
  count("RateLimited");
  const { retryAfterSeconds } = verdict;
  const detail = `You place orders faster than agreed. One more will be taken in ${retryAfterSeconds} s.`;
  return { problem: problem("rate-limited", detail), headers: { ...headers, ...retryAfter(retryAfterSeconds) } };
}

/** https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06, the last draft with a header for each number. */
export function rateLimitHeaders({ limit: most, remaining, resetSeconds }: Allowance): Record<string, string> {
  return {
    "RateLimit-Limit": String(most),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(resetSeconds),
  };
}

function unavailable(): HttpRefusal {
  const detail = "The service cannot tell now whether it may take the order. Send it again after Retry-After.";
  return { problem: problem("unavailable", detail), headers: retryAfter(UNAVAILABLE_SECONDS) };
}

function retryAfter(seconds: number): Record<string, string> {
  return { "Retry-After": String(seconds) };
}

/** How long a deep queue takes is not known; this spreads the next attempts well. */
const OVERLOADED_SECONDS = 10;
const UNAVAILABLE_SECONDS = 5;
