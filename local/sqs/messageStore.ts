import type { Clock } from "../clock";
import { AlarmClock } from "./alarmClock";
import { DueHeap } from "./dueHeap";
import type { StoredMessage } from "./message";
import { VisibleMessages } from "./visibleMessages";

/**
 * The messages of one queue in their states: delayed, then visible, then hidden and visible by turns, until
 * they are removed or the retention has passed since they were sent. Every step is O(log n) at most, and
 * one timer serves all messages.
 */
export class MessageStore {
  /** Messages by state; `gone` balances the others and says nothing. */
  readonly counts = { delayed: 0, visible: 0, hidden: 0, gone: 0 };
  private readonly messages = new Map<string, StoredMessage>();
  private readonly visible = new VisibleMessages();
  private readonly waiting = new DueHeap<StoredMessage>(
    ({ state, dueMs }, entryMs) => dueMs === entryMs && (state === "delayed" || state === "hidden"),
  );
  private readonly expiring = new DueHeap<StoredMessage>(({ state }) => state !== "gone");
  private readonly alarm: AlarmClock;

  /**
   * @param retentionMs how long messages are kept; asked anew each time
   * @param ring called when time has passed that may have made a message visible
   */
  constructor(
    private readonly clock: Clock,
    private readonly retentionMs: () => number,
    ring: () => void,
  ) {
    this.alarm = new AlarmClock(clock, ring);
  }

  get(id: string): StoredMessage | undefined {
    return this.messages.get(id);
  }

  /** Adds a message in the state that it has. */
  add(message: StoredMessage): void {
    this.messages.set(message.id, message);
    this.counts[message.state]++;
    this.expiring.push(message.sentMs, message);
    this.alarm.atLatest(message.sentMs + this.retentionMs());
    if (message.state === "visible") this.visible.push(message);
    else this.waitUntil(message, message.dueMs);
  }

  /** Takes the message that has been visible longest; the caller hides or removes it. */
  nextVisible(): StoredMessage | undefined {
    return this.visible.shift();
  }

  hideUntil(message: StoredMessage, dueMs: number): void {
    this.turn(message, "hidden");
    this.waitUntil(message, dueMs);
  }

  remove(message: StoredMessage): void {
    this.turn(message, "gone");
    this.messages.delete(message.id);
  }

  clear(): void {
    for (const message of this.messages.values()) this.remove(message);
  }

  /** When the oldest message was sent. */
  oldestSentMs(): number | undefined {
    return this.expiring.peek()?.item.sentMs;
  }

  /** Makes visible what is due, drops what has expired, and sets the timer for the next of both. */
  settle(): void {
    const nowMs = this.clock.now();
    for (let due = this.waiting.popDue(nowMs); due !== undefined; due = this.waiting.popDue(nowMs)) {
      this.turn(due, "visible");
      this.visible.push(due);
    }
    const sentBeforeMs = nowMs - this.retentionMs();
    let old = this.expiring.popDue(sentBeforeMs);
    for (; old !== undefined; old = this.expiring.popDue(sentBeforeMs)) this.remove(old);
    this.alarm.atLatest(Math.min(this.waiting.peek()?.dueMs ?? Infinity, this.expiresMs()));
  }

  stop(): void {
    this.alarm.stop();
  }

  private expiresMs(): number {
    return (this.oldestSentMs() ?? Infinity) + this.retentionMs();
  }

  private waitUntil(message: StoredMessage, dueMs: number): void {
    message.dueMs = dueMs;
    this.waiting.push(dueMs, message);
    this.alarm.atLatest(dueMs);
  }

  private turn(message: StoredMessage, state: StoredMessage["state"]): void {
    this.counts[message.state]--;
    message.state = state;
    this.counts[state]++;
  }
}
