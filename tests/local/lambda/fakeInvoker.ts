import type { Clock } from "../../../local/clock";
import type { InvocationResult, Invoker } from "../../../local/invoker";

type Answer = unknown;

/** A function in this process, which keeps the clock busy while it runs as the real ones do. */
export class FakeInvoker implements Invoker {
  /** The names of the records of each call. */
  readonly calls: (readonly string[])[] = [];
  readonly events: unknown[] = [];
  running = 0;
  mostRunning = 0;

  constructor(
    private readonly clock: Clock,
    /** What identifies a record. */
    private readonly nameOf: (record: any) => string,
    /** Returns the function's answer, throws its error. */
    private readonly behave: (names: readonly string[]) => Answer = () => null,
  ) {}

  async invoke(_name: string, payload: any): Promise<InvocationResult> {
    const release = this.clock.busy();
    const names = payload.Records.map(this.nameOf);
    this.calls.push(names);
    this.events.push(payload);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    const requestId = `request-${this.calls.length}`;
    try {
      return { ok: true, payload: await this.behave(names), requestId };
    } catch (error) {
      if ((error as { status?: number }).status === 429) throw error;
      return { ok: false, error: { errorType: "Error", errorMessage: String(error) }, requestId };
    } finally {
      this.running -= 1;
      setImmediate(release);
    }
  }
}

/** Resolves when the condition holds, which it is asked at every turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`It never came true: ${condition.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
