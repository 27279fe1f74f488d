import type { Clock } from "../clock";
import type { ReceivedMessage } from "./message";

/** A receive that waits for messages. */
export interface LongPoll {
  readonly max: number;
  readonly visibilityTimeoutSeconds: number | undefined;
  readonly waitSeconds: number;
  /** Ends the wait without messages when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** The receives that wait at a queue, served in the order in which they came. */
export class LongPolls {
  private readonly waiting = new Map<LongPoll, (messages: readonly ReceivedMessage[]) => void>();

  constructor(private readonly clock: Clock) {}

  wait(poll: LongPoll): Promise<readonly ReceivedMessage[]> {
    return new Promise((resolve) => {
      const end = (messages: readonly ReceivedMessage[]): void => {
        this.waiting.delete(poll);
        poll.signal.removeEventListener("abort", endEmpty);
        release();
        resolve(messages);
      };
      const endEmpty = (): void => end([]);
      const release = this.clock.after(poll.waitSeconds * 1000, endEmpty);
      poll.signal.addEventListener("abort", endEmpty, { once: true });
      this.waiting.set(poll, end);
      if (poll.signal.aborted) endEmpty();
    });
  }

  /** Serves those who wait, until `receive` has nothing for one. */
  serve(receive: (poll: LongPoll) => readonly ReceivedMessage[]): void {
    for (const [poll, end] of this.waiting) {
      const messages = receive(poll);
      if (messages.length === 0) return;
      end(messages);
    }
  }

  endAll(): void {
    for (const end of [...this.waiting.values()]) end([]);
  }
}
