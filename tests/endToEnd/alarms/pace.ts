import type { Clock } from "../../../local/clock";

/**
 * How time goes while alarms are tried: with the wall while somebody does something, however slow the machine is, and
 * at once to whatever is due next where it is let pass.
 */
export class Pace {
  private release: () => void;

  constructor(private readonly clock: Clock) {
    this.release = clock.busy();
  }

  /** Lets time pass for as long as `wait` takes. */
  async letting<Out>(wait: () => Promise<Out>): Promise<Out> {
    this.release();
    try {
      return await wait();
    } finally {
      this.release = this.clock.busy();
    }
  }

  pass(minutes: number): Promise<void> {
    return this.letting(() => this.clock.sleep(minutes * 60_000));
  }
}
