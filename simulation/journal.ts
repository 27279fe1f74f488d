import type { Sending } from "./undertaking";

/** How an attempt ended for the customer. Nobody knows what came of one whose answer was lost. */
export type Outcome = Answered | { readonly lost: string };

export interface Answered {
  readonly status: number;
  /** Parsed JSON. */
  readonly body: unknown;
  readonly location?: string;
  readonly replayed: boolean;
}

export interface Attempt {
  readonly undertaking: string;
  readonly sending: Sending;
  readonly outcome: Outcome;
}

/** Everything that customers sent, and what they were told. */
export class Journal {
  readonly attempts: Attempt[] = [];
  /** Requests that were repeated as often as a customer bears, without a clear answer. */
  givenUp = 0;

  add(attempt: Attempt): void {
    this.attempts.push(attempt);
  }

  /** Ids of all orders that were accepted: whose 201 arrived. */
  acceptedIds(): Set<string> {
    return new Set(this.attempts.flatMap(({ outcome }) => acceptedId(outcome) ?? []));
  }
}

/** The id that a 201 gives; undefined for every other outcome. */
export function acceptedId(outcome: Outcome): string | undefined {
  if (!("status" in outcome) || outcome.status !== 201) return undefined;
  const { orderId } = (outcome.body ?? {}) as { readonly orderId?: unknown };
  return typeof orderId === "string" ? orderId : undefined;
}

/** Whether an outcome leaves open what came of the request: the customer asks again, under the same key. */
export function isUnclear(outcome: Outcome): boolean {
  return "lost" in outcome || outcome.status === 429 || outcome.status >= 500;
}
