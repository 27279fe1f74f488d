import type { Clock, Release } from "../clock";
import type { Caller } from "../service";

/**
 * Functions that wait for executions work no more than sleepers do, and the functions that an execution calls
 * count for themselves. One invocation may wait for many executions at once, and rests once.
 */
export class WaitingCallers {
  private readonly waits = new Map<string, { executions: number; readonly release: Release }>();

  constructor(private readonly clock: Clock) {}

  async during<T>({ roleArn, trace }: Caller, ended: () => Promise<T>): Promise<T> {
    // A caller from outside, and one that cannot be told from others, never counted as busy for its wait.
    if (roleArn === undefined || trace === undefined) return ended();
    const wait = this.waits.get(trace) ?? { executions: 0, release: this.clock.rest() };
    this.waits.set(trace, wait);
    wait.executions += 1;
    try {
      return await ended();
    } finally {
      wait.executions -= 1;
      if (wait.executions === 0) {
        this.waits.delete(trace);
        wait.release();
      }
    }
  }
}
