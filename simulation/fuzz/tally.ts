import type { Sending, WireAnswer } from "./exchange";
import type { Judgement } from "./judge";

export interface Slow {
  readonly durationMs: number;
  readonly about: string;
  readonly status: number;
  readonly sending: Sending;
}

const MOST_SLOW = 5;

/** Counts what was answered. */
export class Tally {
  /** Requests by what they were about, then by status. */
  readonly byStatus = new Map<string, Map<number, number>>();
  readonly kinds = new Map<string, number>();
  /** The slowest, slowest first. */
  readonly slowest: Slow[] = [];
  sent = 0;
  /** Requests that were turned away once with 429 or 503, and sent again. */
  turnedAway = 0;

  add(sending: Sending, { about, kind }: Judgement, { status, durationMs }: WireAnswer): void {
    this.sent += 1;
    const statuses = this.byStatus.get(about) ?? new Map<number, number>();
    this.byStatus.set(about, statuses.set(status, (statuses.get(status) ?? 0) + 1));
    if (kind !== undefined) this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    if (durationMs <= (this.slowest[MOST_SLOW - 1]?.durationMs ?? 0)) return;
    this.slowest.push({ durationMs, about, status, sending });
    this.slowest.sort((one, other) => other.durationMs - one.durationMs).splice(MOST_SLOW);
  }
}
