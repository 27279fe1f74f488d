import type { Clock, Release } from "../clock";

/** Boundaries that are made up for after a clock has run ahead; of more, the earliest are, and the latest. */
const MOST_MISSED = 60;

/**
 * Calls back at every full step of the clock, in order. When a fast clock has run past several, each is made up for:
 * such a clock only runs while nothing happens, so what holds now held then.
 */
export class Ticker {
  private release: Release | undefined;

  /** @param ring told the boundary, in ms since 1970 */
  constructor(
    private readonly clock: Clock,
    private readonly ring: (atMs: number) => void,
  ) {}

  start(stepMs: number): void {
    const nowMs = this.clock.now();
    this.arm(nowMs - (nowMs % stepMs), stepMs);
  }

  stop(): void {
    this.release?.();
  }

  private arm(lastMs: number, stepMs: number): void {
    const dueMs = lastMs + stepMs;
    this.release = this.clock.after(dueMs - this.clock.now(), () => {
      const nowMs = Math.max(this.clock.now(), dueMs);
      const latestMs = nowMs - (nowMs % stepMs);
      // Armed first, so that a callback that stops the ticker does stop it.
      this.arm(latestMs, stepMs);
      const missed = (latestMs - lastMs) / stepMs;
      for (let count = 1; count < missed && count < MOST_MISSED; count++) this.ring(lastMs + count * stepMs);
      this.ring(latestMs);
    });
  }
}
