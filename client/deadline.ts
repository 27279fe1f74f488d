/** How long somebody waits. */
export interface Patience {
  /** All attempts and all pauses between them; 30 without. */
  readonly timeoutSeconds?: number;
  /** Gives up at once when it is aborted. */
  readonly signal?: AbortSignal;
}

const DEFAULT_SECONDS = 30;

/** A point in time after which nothing is tried any more. */
export class Deadline {
  readonly timeoutSeconds: number;
  /** Aborted when the time is up, or when the caller gives up. */
  readonly signal: AbortSignal;
  private readonly endsAt: number;

  constructor({ timeoutSeconds = DEFAULT_SECONDS, signal }: Patience) {
    this.timeoutSeconds = timeoutSeconds;
    this.endsAt = performance.now() + timeoutSeconds * 1000;
    const timeout = AbortSignal.timeout(Math.ceil(timeoutSeconds * 1000));
    this.signal = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  }

  /** Whether a pause would end in time. */
  allows(seconds: number): boolean {
    return performance.now() + seconds * 1000 < this.endsAt;
  }

  /** Rejects with the reason of {@link signal} when that comes first. */
  async pause(seconds: number): Promise<void> {
    const { signal } = this;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      signal.addEventListener("abort", end);
      if (signal.aborted) end();
    });
    signal.throwIfAborted();
  }
}
