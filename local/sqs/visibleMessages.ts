import type { StoredMessage } from "./message";

/**
 * The visible messages in the order in which they became so. A message that was deleted or expired is
 * passed over when its turn comes, so adding and taking are O(1).
 */
export class VisibleMessages {
  private messages: StoredMessage[] = [];
  private head = 0;
  private sweepAt = 1024;

  push(message: StoredMessage): void {
    if (this.messages.length >= this.sweepAt) this.sweep();
    this.messages.push(message);
  }

  shift(): StoredMessage | undefined {
    for (;;) {
      const message = this.messages[this.head];
      if (message === undefined) return undefined;
      this.head++;
      if (message.state === "visible") return message;
    }
  }

  private sweep(): void {
    this.messages = this.messages.slice(this.head).filter(({ state }) => state === "visible");
    this.head = 0;
    this.sweepAt = Math.max(1024, this.messages.length * 2);
  }
}
