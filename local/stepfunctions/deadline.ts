import type { Clock } from "../clock";

/** What ends an execution from outside: its own timeout, or the runtime's stop. */
export class Ended extends Error {
  constructor(readonly why: "timeout" | "stopped") {
    super(`The execution was ended: ${why}.`);
    this.name = "Ended";
  }
}

/**
 * The end that an execution runs towards. Whatever the execution waits for, it waits for through the
 * deadline, so that nothing further happens once it has passed.
 */
export class Deadline {
  private readonly controller = new AbortController();
  private readonly passed: Promise<never>;
  private readonly release: () => void;

  constructor(
    private readonly clock: Clock,
    seconds: number,
  ) {
    this.passed = new Promise((_, reject) => {
      this.controller.signal.addEventListener("abort", () => reject(this.controller.signal.reason as Error));
    });
    // Nobody may be waiting when it passes.
    this.passed.catch(() => undefined);
    this.release = clock.after(seconds * 1000, () => this.end("timeout"));
  }

  /** Ends the execution now. */
  end(why: Ended["why"]): void {
    this.controller.abort(new Ended(why));
  }

  /** Throws when the deadline has passed. */
  check(): void {
    this.controller.signal.throwIfAborted();
  }

  /** Sleeps on the clock, at most until the deadline. */
  async sleep(delayMs: number): Promise<void> {
    await this.clock.resting(() => this.clock.sleep(delayMs, this.controller.signal));
  }

  /** Waits for something, at most for `seconds` (rejects with `late()`) and at most until the deadline. */
  async wait<T>(something: () => Promise<T>, seconds: number | undefined, late: () => Error): Promise<T> {
    this.check();
    let release = (): void => undefined;
    const timeout = new Promise<never>((_, reject) => {
      if (seconds !== undefined) release = this.clock.after(seconds * 1000, () => reject(late()));
    });
    try {
      return await this.clock.resting(() => Promise.race([something(), timeout, this.passed]));
    } finally {
      release();
    }
  }

  /** Forgets the timeout of an execution that has come to its end. */
  close(): void {
    this.release();
  }
}
