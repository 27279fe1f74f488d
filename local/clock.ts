/** Undoes what was begun; calling it again does nothing. */
export type Release = () => void;

/**
 * The time of the runtime. Everything that waits (visibility timeouts, retry backoff, schedules,
 * alarm periods) waits on this clock, so that tests and rehearsals need not.
 *
 * It runs at the speed of the wall while anything works, and `speed` times as fast while everything
 * waits. Work does not get faster by turning a clock, so a clock that ran fast during work would make
 * every timeout fire early and change what the program does.
 */
export class Clock {
  private readonly timers = new Set<Timer>();
  private workers = 0;
  private anchorReal = performance.now();
  private anchorMs: number;
  private wake: NodeJS.Timeout | undefined;
  private pace: number;

  /**
   * @param speed how many seconds pass per second while everything waits; 1 is the wall clock. With Infinity it goes at
   *   once to whatever is due next, and never past it, however busy the machine is.
   */
  constructor(speed = 1, startMs = Date.now()) {
    this.pace = checkedSpeed(speed);
    this.anchorMs = startMs;
  }

  /** How many seconds pass per second while everything waits. */
  get speed(): number {
    return this.pace;
  }

  /** Goes on at another speed, from 1 to 1000000, or Infinity; no time is lost or gained in between. */
  turn(speed: number): void {
    checkedSpeed(speed);
    this.reanchor(() => (this.pace = speed));
    this.schedule();
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.anchorMs + (performance.now() - this.anchorReal) * this.rate();
  }

  /** Calls back after `delayMs` of this clock, unless released before. */
  after(delayMs: number, callback: () => void): Release {
    const timer: Timer = { dueMs: this.now() + Math.max(0, delayMs), callback };
    this.timers.add(timer);
    this.schedule();
    return () => {
      if (this.timers.delete(timer)) this.schedule();
    };
  }

  /** Resolves after `delayMs` of this clock; rejects with the signal's reason when it aborts first. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason as Error);
      const onAbort = (): void => {
        release();
        reject(signal?.reason as Error);
      };
      const release = this.after(delayMs, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Says that work has begun: until released, the clock runs at the speed of the wall. */
  busy(): Release {
    return this.shift(1);
  }

  /** Says that one who counts as busy only waits, until released. */
  rest(): Release {
    return this.shift(-1);
  }

  /** Says that one who counts as busy only waits, for as long as `wait` takes. */
  async resting<T>(wait: () => Promise<T>): Promise<T> {
    const release = this.rest();
    try {
      return await wait();
    } finally {
      release();
    }
  }

  /** Forgets every timer; nothing calls back after this. */
  stop(): void {
    this.timers.clear();
    clearTimeout(this.wake);
  }

  private rate(): number {
    return this.workers > 0 || this.jumps ? 1 : this.pace;
  }

  private get jumps(): boolean {
    return this.pace === Infinity;
  }

  private shift(by: 1 | -1): Release {
    this.add(by);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.add(by === 1 ? -1 : 1);
    };
  }

  /** The pace changes with the first who works and with the last who rests, and with nobody in between. */
  private add(by: 1 | -1): void {
    if (Math.sign(this.workers + by) === Math.sign(this.workers)) this.workers += by;
    else this.reanchor(() => (this.workers += by));
  }

  private reanchor(change: () => void): void {
    this.anchorMs = this.now();
    this.anchorReal = performance.now();
    change();
    if (this.pace !== 1) this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.wake);
    const dueMs = this.nextDueMs();
    if (dueMs === undefined) return;
    const waitMs = (dueMs - this.now()) / this.rate();
    const realMs = this.jumps && this.workers === 0 ? Math.min(waitMs, QUIET_MS) : waitMs;
    // setTimeout takes at most 2^31-1 ms; a longer wait is taken in legs.
    this.wake = setTimeout(() => this.fire(), Math.min(Math.max(0, Math.ceil(realMs)), 2_000_000_000));
  }

  private nextDueMs(): number | undefined {
    let nextMs: number | undefined;
    for (const { dueMs } of this.timers) if (nextMs === undefined || dueMs < nextMs) nextMs = dueMs;
    return nextMs;
  }

  private fire(): void {
    if (this.jumps && this.workers === 0) this.anchorMs += Math.max(0, (this.nextDueMs() ?? 0) - this.now());
    const nowMs = this.now();
    const due = [...this.timers].filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs);
    for (const timer of due) {
      // An earlier callback of this round may have released a later one.
      if (this.timers.delete(timer)) timer.callback();
    }
    this.schedule();
  }
}

function checkedSpeed(speed: number): number {
  if ((speed >= 1 && speed <= 1_000_000) || speed === Infinity) return speed;
  throw new RangeError(`speed must be from 1 to 1000000, or Infinity, not ${speed}.`);
}

/** How long nothing must have happened before a clock jumps: what one did may still be on its way to another. */
const QUIET_MS = 2;

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}
