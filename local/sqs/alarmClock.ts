import type { Clock, Release } from "../clock";

/** One timer for many waits: rings at the earliest of the times that it was asked for. */
export class AlarmClock {
  private ringMs = Infinity;
  private release: Release | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Rings at `dueMs` or before; whoever is rung for nothing asks again. */
  atLatest(dueMs: number): void {
    if (dueMs >= this.ringMs) return;
    this.release?.();
    this.ringMs = dueMs;
    this.release = this.clock.after(dueMs - this.clock.now(), () => {
      this.ringMs = Infinity;
      this.ring();
    });
  }

  stop(): void {
    this.release?.();
    this.ringMs = Infinity;
  }
}
