import type { SpareTime } from "./spareTime";

/** Processes that a function has at most while the machine has nothing to spare. */
export const USUAL_WORKERS = 2;

/**
 * How long a call waits for a busy process before another is started. Starting one, and warming it up, takes computing
 * time from those that run: where that is all used, only calls that wait this long are worth it.
 */
const PATIENCE_MS = 1_000;

/**
 * The same while processors are idle and more waits than is soon done: those that run wait for something, and more of
 * them are of use.
 */
export const SPARE_PATIENCE_MS = 200;

/**
 * When what waits would take the processes there are this long, another one helps: it takes about half of that to load and
 * to warm up. After a standstill, as when the database collects its garbage, two dozen short calls wait, which are less.
 */
const BEHIND_MS = 500;

/** Idle share of the processors from which on there is something to spare. */
const SPARE_SHARE = 0.15;

/** How much the last call counts in the mean time of a call. */
const LATEST_SHARE = 0.1;

/** How long the calls of a function wait for one of its processes before it gets another. */
export class Patience {
  /** How long a call takes, lately; absent until one is done. */
  private meanMs: number | undefined;

  constructor(private readonly spareTime: Pick<SpareTime, "share">) {}

  /** Whether processors are idle, so that more processes than usual are of use. */
  get isSpare(): boolean {
    return this.spareTime.share() >= SPARE_SHARE;
  }

  /** A call was done, after so long by the machine's clock. */
  took(ms: number): void {
    this.meanMs = ms * LATEST_SHARE + (this.meanMs ?? ms) * (1 - LATEST_SHARE);
  }

  /** In milliseconds, for the call that has waited longest; Infinity where it is not worth it. */
  with(now: { readonly workers: number; readonly waiting: number }): number {
    if (this.isSpare) return this.isBehind(now) ? SPARE_PATIENCE_MS : PATIENCE_MS;
    return now.workers < USUAL_WORKERS ? PATIENCE_MS : Infinity;
  }

  private isBehind({ workers, waiting }: { readonly workers: number; readonly waiting: number }): boolean {
    return waiting * (this.meanMs ?? Infinity) >= BEHIND_MS * workers;
  }
}
