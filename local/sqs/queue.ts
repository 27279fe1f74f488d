import type { Clock, Release } from "../clock";
import type { Feed } from "../feed";
import { randomUuid } from "../randomUuid";
import { LongPolls, type LongPoll } from "./longPolls";
import { readReceiptHandle, writeReceiptHandle } from "./message";
import type { MessageDraft, Receipt, ReceivedMessage, StoredMessage } from "./message";
import { MessageStore } from "./messageStore";
import { settingsOf, type QueueAttributes, type QueueSettings } from "./queueSettings";
import { invalidParameterValue, messageNotInflight, overLimit, receiptHandleIsInvalid } from "./sqsError";

/** What a queue needs of the service that it belongs to. */
export interface QueueSurroundings {
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1; absent for true randomness. */
  readonly random?: (() => number) | undefined;
  queueByArn(arn: string): Queue | undefined;
}

export interface QueueIdentity {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
}

/** Messages that may be hidden at once: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
export const MOST_IN_FLIGHT = 120_000;

const LONGEST_INVISIBILITY_SECONDS = 43_200;

/** A standard queue: who may take a message when, and what becomes of one that keeps failing. */
export class Queue {
  readonly createdMs: number;
  modifiedMs: number;
  tags: Readonly<Record<string, string>> = {};
  private readonly store: MessageStore;
  private readonly polls: LongPolls;
  private readonly listeners = new Set<() => void>();
  private receipts = 0;
  private current: QueueSettings;

  constructor(
    readonly identity: QueueIdentity,
    private values: QueueAttributes,
    private readonly around: QueueSurroundings,
  ) {
    this.current = settingsOf(values);
    this.createdMs = this.modifiedMs = around.clock.now();
    this.store = new MessageStore(
      around.clock,
      () => this.current.retentionSeconds * 1000,
      () => this.announce(),
    );
    this.polls = new LongPolls(around.clock);
  }

  /** As the API names and writes them. */
  get attributes(): QueueAttributes {
    return this.values;
  }

  set attributes(values: QueueAttributes) {
    this.current = settingsOf(values);
    this.values = values;
    this.modifiedMs = this.around.clock.now();
    this.announce();
  }

  get settings(): QueueSettings {
    return this.current;
  }

  send(drafts: readonly MessageDraft[]): readonly StoredMessage[] {
    const sent = drafts.map((draft) => this.newMessage(draft));
    for (const message of sent) {
      this.store.add(message);
      this.tell("sent", message);
    }
    this.announce();
    return sent;
  }

  /** Takes up to `max` visible messages now; none while too many are in flight. */
  receive(max: number, visibilityTimeoutSeconds = this.current.visibilityTimeoutSeconds): readonly ReceivedMessage[] {
    this.store.settle();
    const received: ReceivedMessage[] = [];
    while (received.length < max && this.store.counts.hidden < MOST_IN_FLIGHT) {
      const message = this.store.nextVisible();
      if (message === undefined) break;
      if (!this.moveDeadLetter(message)) received.push(this.hide(message, visibilityTimeoutSeconds));
    }
    return received;
  }

  /** Takes up to `max` messages, and waits for the first when there is none. */
  async poll(poll: LongPoll): Promise<readonly ReceivedMessage[]> {
    const received = this.receive(poll.max, poll.visibilityTimeoutSeconds);
    if (received.length > 0) return received;
    if (poll.waitSeconds > 0) return this.polls.wait(poll);
    // Long polling answers no error at the limit, short polling does.
    if (this.store.counts.hidden >= MOST_IN_FLIGHT) throw overLimit();
    return received;
  }

  /**
   * Deletes a received message, whether or not its visibility timeout has ended. A handle of an earlier
   * receive than the latest succeeds and deletes nothing.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   */
  delete(receiptHandle: string): void {
    const message = this.messageOf(receiptHandle);
    if (message === undefined) return;
    this.store.remove(message);
    this.tell("deleted", message);
  }

  /** Hides a received message for `seconds` from now on; 0 makes it visible at once. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    this.store.settle();
    const message = this.messageOf(receiptHandle);
    if (message === undefined) {
      const reason = "Message does not exist or is not available for visibility timeout change";
      throw invalidParameterValue(`Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: ${reason}.`);
    }
    if (message.state !== "hidden") throw messageNotInflight();
    const nowMs = this.around.clock.now();
    if (nowMs + seconds * 1000 > message.receivedMs + LONGEST_INVISIBILITY_SECONDS * 1000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${LONGEST_INVISIBILITY_SECONDS} seconds]`;
      throw invalidParameterValue(`Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: ${reason}.`);
    }
    this.store.hideUntil(message, nowMs + seconds * 1000);
    if (seconds === 0) this.announce();
  }

  purge(): void {
    this.store.clear();
  }

  /** Takes the message out that has been visible longest, to be put into another queue; it is not received. */
  takeForMove(): StoredMessage | undefined {
    this.store.settle();
    const message = this.store.nextVisible();
    if (message !== undefined) this.store.remove(message);
    return message;
  }

  /** Puts a taken message back into the queue that it was taken from, unchanged. */
  putBack(message: StoredMessage): void {
    this.store.add({ ...message, state: "visible" });
    this.announce();
  }

  /** Takes in, as a new message, one that failed before and was moved here by an operator. */
  acceptRedriven(message: StoredMessage): void {
    this.store.add(this.newMessage({ ...message, delaySeconds: 0 }));
    this.announce();
  }

  /** Tells the feed that a message went from here to another queue. */
  tellMoved(message: StoredMessage, to: string): void {
    this.tell("moved", message, to);
  }

  /** How many messages are in which state now. */
  counts(): { readonly visible: number; readonly hidden: number; readonly delayed: number } {
    this.store.settle();
    const { visible, hidden, delayed } = this.store.counts;
    return { visible, hidden, delayed };
  }

  /** Seconds since the oldest message was sent; 0 when there is none. */
  oldestAgeSeconds(): number {
    this.store.settle();
    const sentMs = this.store.oldestSentMs();
    return sentMs === undefined ? 0 : Math.max(0, (this.around.clock.now() - sentMs) / 1000);
  }

  /** Calls back whenever a message may have become visible: sent, delay over, or visible again. */
  onAvailable(listener: () => void): Release {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends all waiting. */
  stop(): void {
    this.store.stop();
    this.polls.endAll();
  }

  private newMessage({ delaySeconds = this.current.delaySeconds, ...draft }: MessageDraft): StoredMessage {
    const sentMs = this.around.clock.now();
    return {
      body: draft.body,
      attributes: draft.attributes,
      senderId: draft.senderId,
      traceHeader: draft.traceHeader,
      id: randomUuid(this.around.random),
      sentMs,
      deadLetterSourceArn: undefined,
      state: delaySeconds > 0 ? "delayed" : "visible",
      dueMs: sentMs + delaySeconds * 1000,
      receiveCount: 0,
      firstReceivedMs: undefined,
      receivedMs: 0,
      receipt: 0,
    };
  }

  private hide(message: StoredMessage, visibilityTimeoutSeconds: number): ReceivedMessage {
    const nowMs = this.around.clock.now();
    message.receiveCount++;
    message.firstReceivedMs ??= nowMs;
    message.receivedMs = nowMs;
    message.receipt = ++this.receipts;
    this.store.hideUntil(message, nowMs + visibilityTimeoutSeconds * 1000);
    this.tell("received", message);
    return {
      message,
      receiptHandle: writeReceiptHandle({ queue: this.identity.name, messageId: message.id, receipt: message.receipt }),
      receiveCount: message.receiveCount,
      firstReceivedMs: message.firstReceivedMs,
    };
  }

  /**
   * Moves a message that has been received often enough. It keeps its id, its receive count and the time
   * at which it was sent, from which the dead-letter queue's retention counts too. When the dead-letter
   * queue has been deleted, the message stays and is delivered.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
   */
  private moveDeadLetter(message: StoredMessage): boolean {
    const { redrive } = this.current;
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const target = this.around.queueByArn(redrive.deadLetterTargetArn);
    if (target === undefined) return false;
    this.store.remove(message);
    this.tellMoved(message, target.identity.name);
    target.putBack({ ...message, receipt: 0, deadLetterSourceArn: this.identity.arn });
    return true;
  }

  /** The message of the latest receive that the handle stands for. */
  private messageOf(receiptHandle: string): StoredMessage | undefined {
    const receipt: Receipt | undefined = readReceiptHandle(receiptHandle);
    if (receipt === undefined || receipt.queue !== this.identity.name) throw receiptHandleIsInvalid();
    const message = this.store.get(receipt.messageId);
    return message?.receipt === receipt.receipt ? message : undefined;
  }

  private announce(): void {
    this.store.settle();
    if (this.store.counts.visible === 0) return;
    this.polls.serve(({ max, visibilityTimeoutSeconds }) => this.receive(max, visibilityTimeoutSeconds));
    if (this.store.counts.visible === 0) return;
    for (const listener of [...this.listeners]) listener();
  }

  private tell(what: "sent" | "received" | "deleted" | "moved", message: StoredMessage, to?: string): void {
    this.around.feed.emit("message", {
      queue: this.identity.name,
      messageId: message.id,
      what,
      receiveCount: message.receiveCount,
      ...(to === undefined ? {} : { to }),
    });
  }
}
