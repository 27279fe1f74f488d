import type { Worker } from "./worker";

/** How often processes more than usual are looked after, and how long one may go unused. AWS keeps an idle environment for minutes, and says not how long. */
const UNUSED_MS = 60_000;

export interface IdleWorkersOptions {
  /** How many processes the function has more than usual. */
  readonly surplus: () => number;
  /** Whether processors are idle, so that more processes than usual are of use. */
  readonly isSpare: () => boolean;
  /** Ends a process that is not idle any more. */
  readonly end: (worker: Worker) => void;
  /** @default 60,000 */
  readonly unusedMs?: number | undefined;
}

/**
 * The idle processes of a function. Of those that it has more than usual, the ones that nobody used for a while end; and
 * while no processor is idle, one after the other ends even if it is used: it only takes turns with the rest.
 */
export class IdleWorkers {
  private readonly workers: Worker[] = [];
  /** The fewest that were idle since the last look: so many nobody needed. */
  private fewest = 0;
  private isOneTooMany = false;
  private look: NodeJS.Timeout | undefined;

  constructor(private readonly options: IdleWorkersOptions) {}

  add(worker: Worker): void {
    const isSurplus = this.options.surplus() > 0;
    if (isSurplus && this.isOneTooMany) {
      this.isOneTooMany = false;
      return this.options.end(worker);
    }
    this.workers.push(worker);
    if (isSurplus) this.lookLater();
  }

  /** The process that was used last has the warmest caches. */
  take(): Worker | undefined {
    const worker = this.workers.pop();
    this.fewest = Math.min(this.fewest, this.workers.length);
    return worker;
  }

  takeAll(): Worker[] {
    this.fewest = 0;
    return this.workers.splice(0);
  }

  has(worker: Worker): boolean {
    return this.workers.includes(worker);
  }

  remove(worker: Worker): void {
    const index = this.workers.indexOf(worker);
    if (index >= 0) this.workers.splice(index, 1);
    this.fewest = Math.min(this.fewest, this.workers.length);
  }

  /** Looks no more. */
  stop(): void {
    clearTimeout(this.look);
  }

  private lookLater(): void {
    if (this.look !== undefined) return;
    this.fewest = this.workers.length;
    this.look = setTimeout(() => {
      this.look = undefined;
      const unused = this.workers.splice(0, Math.min(this.fewest, this.options.surplus()));
      for (const worker of unused) this.options.end(worker);
      this.isOneTooMany = unused.length === 0 && !this.options.isSpare();
      if (this.options.surplus() > 0) this.lookLater();
    }, this.options.unusedMs ?? UNUSED_MS);
    this.look.unref();
  }
}
