import { Clock, type Release } from "../../local/clock";

/** A clock that stands still until it is told to advance, so that tests can say what happens when. */
export class ManualClock extends Clock {
  private nowMs = Date.UTC(2026, 0, 1);
  private readonly waiting = new Set<{ readonly dueMs: number; readonly callback: () => void }>();

  override now(): number {
    return this.nowMs;
  }

  override after(delayMs: number, callback: () => void): Release {
    const timer = { dueMs: this.nowMs + Math.max(0, delayMs), callback };
    this.waiting.add(timer);
    return () => this.waiting.delete(timer);
  }

  /** Lets `seconds` pass; every timer on the way rings at its time, and what it sets off may run. */
  async advance(seconds: number): Promise<void> {
    const untilMs = this.nowMs + seconds * 1000;
    for (;;) {
      await new Promise(setImmediate);
      const next = [...this.waiting].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined || next.dueMs > untilMs) break;
      this.waiting.delete(next);
      this.nowMs = next.dueMs;
      next.callback();
    }
    this.nowMs = untilMs;
    await new Promise(setImmediate);
  }
}
