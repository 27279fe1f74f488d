import type { Worker } from "./worker";

/** How often a function's processes are looked after, and how long one may go unused. AWS keeps an idle environment for minutes, and says not how long. */
const UNUSED_MS = 60_000;

/** With so many idle in the mean, one less is used for three quarters of the time at most: then calls seldom wait for it. */
const TOO_MANY_IDLE = 1.25;

export interface IdleWorkersOptions {
  /** How many processes the function has, idle or not. */
  readonly count: () => number;
  /** How many it has, at most, while no processor is idle. */
  readonly usual: number;
  /** Whether processors are idle, so that more processes than usual are of use. */
  readonly isSpare: () => boolean;
  /** Ends a process that is not idle any more. */
  readonly end: (worker: Worker) => void;
  /** @default 60,000 */
  readonly unusedMs?: number | undefined;
}

/**
 * The idle processes of a function. Of those that it has more than usual, the ones that nobody used for a while end. While
 * no processor is idle, one after the other ends even if it is used, for it only takes turns with the rest; and so does the
 * second one when the first would do.
 */
export class IdleWorkers {
  private readonly workers: Worker[] = [];
  private readonly idleTime = new IdleTime();
  /** The fewest that were idle since the last look: so many nobody needed. */
  private fewest = 0;
  private isOneTooMany = false;
  private look: NodeJS.Timeout | undefined;

  constructor(private readonly options: IdleWorkersOptions) {}

  add(worker: Worker): void {
    const { count, end } = this.options;
    const isTooMany = this.isOneTooMany && count() > 1;
    // Where one ended by itself meanwhile, the next to come is not too many.
    this.isOneTooMany = false;
    if (isTooMany) return end(worker);
    this.workers.push(worker);
    this.changed();
    if (count() > 1) this.lookLater();
  }

  /** The process that was used last has the warmest caches. */
  take(): Worker | undefined {
    const worker = this.workers.pop();
    this.changed();
    return worker;
  }

  takeAll(): Worker[] {
    const all = this.workers.splice(0);
    this.changed();
    return all;
  }

  has(worker: Worker): boolean {
    return this.workers.includes(worker);
  }

  remove(worker: Worker): void {
    const index = this.workers.indexOf(worker);
    if (index >= 0) this.workers.splice(index, 1);
    this.changed();
  }

  /** Looks no more. */
  stop(): void {
    clearTimeout(this.look);
  }

  private changed(): void {
    this.fewest = Math.min(this.fewest, this.workers.length);
    this.idleTime.now(this.workers.length);
  }

  private lookLater(): void {
    if (this.look !== undefined) return;
    this.fewest = this.workers.length;
    this.idleTime.begin();
    this.look = setTimeout(() => this.lookNow(), this.options.unusedMs ?? UNUSED_MS);
    this.look.unref();
  }

  private lookNow(): void {
    this.look = undefined;
    const { count, usual, end, isSpare } = this.options;
    const isIdle = this.idleTime.mean() >= TOO_MANY_IDLE;
    const unused = this.workers.splice(0, Math.min(this.fewest, Math.max(0, count() - usual)));
    this.changed();
    for (const worker of unused) end(worker);
    this.isOneTooMany = unused.length === 0 && !isSpare() && (isIdle || count() > usual);
    if (count() > 1) this.lookLater();
  }
}

/** How many are idle in the mean, of time. */
class IdleTime {
  private count = 0;
  private beganMs = 0;
  private sinceMs = 0;
  private idleMs = 0;

  begin(): void {
    this.beganMs = this.sinceMs = performance.now();
    this.idleMs = 0;
  }

  now(count: number): void {
    const nowMs = performance.now();
    this.idleMs += this.count * (nowMs - this.sinceMs);
    this.sinceMs = nowMs;
    this.count = count;
  }

  mean(): number {
    this.now(this.count);
    return this.idleMs / (this.sinceMs - this.beganMs);
  }
}
