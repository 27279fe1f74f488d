import type { Clock, Release } from "../clock";
import { fittingCount } from "./batching";
import type { StreamRecord } from "./eventSources";

export interface StreamLaneParts {
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly clock: Clock;
  /** Resolves when the batch is done with, one way or the other; rejects when there is nothing more to do. */
  deliver(records: readonly StreamRecord[]): Promise<void>;
}

/** Records in a row: one batch after the other, each when it is full or its window is over. */
export class StreamLane {
  private readonly buffer: StreamRecord[] = [];
  private readonly spaceWaiters: (() => void)[] = [];
  private delivering = false;
  private cancelWindow: Release | undefined;
  private windowOver = false;

  constructor(private readonly parts: StreamLaneParts) {}

  push(record: StreamRecord): void {
    this.buffer.push(record);
  }

  /** Begins what can begin; to be called after records were pushed. */
  pump(): void {
    const { batchSize, windowSeconds, clock } = this.parts;
    if (this.delivering || this.buffer.length === 0) return;
    if (this.buffer.length < batchSize && windowSeconds > 0 && !this.windowOver) {
      this.cancelWindow ??= clock.after(windowSeconds * 1000, () => {
        this.windowOver = true;
        this.pump();
      });
      return;
    }
    this.send();
  }

  /** Resolves when less than a batch waits here, so that a stream is not read into memory faster than it is handled. */
  space(): Promise<void> {
    if (this.buffer.length < this.parts.batchSize) return Promise.resolve();
    return new Promise((resolve) => this.spaceWaiters.push(resolve));
  }

  private send(): void {
    this.cancelWindow?.();
    this.cancelWindow = undefined;
    this.windowOver = false;
    this.delivering = true;
    const batch = this.buffer.splice(0, fittingCount(this.buffer.slice(0, this.parts.batchSize)));
    if (this.buffer.length < this.parts.batchSize) for (const resolve of this.spaceWaiters.splice(0)) resolve();
    this.parts.deliver(batch).then(
      () => {
        this.delivering = false;
        this.pump();
      },
      // The mapping has stopped; the lane stays as it is.
      () => undefined,
    );
  }
}
