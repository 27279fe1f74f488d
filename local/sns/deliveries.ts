import { setMaxListeners } from "node:events";
import type { Clock } from "../clock";
import type { AsyncInvoker } from "../eventbridge/delivery";
import { DeliveryFailure, failureOf, noPermissions } from "../eventbridge/deliveryFailure";
import type { Feed, FeedEvents } from "../feed";
import { demand, type AccessControl } from "../iam/access";
import type { Cloud } from "../resource";
import type { MessageAttributes } from "../sqs/message";
import type { Inbox } from "./inbox";
import { attributeTexts, functionEvent, parcelFor, type Notification } from "./notification";
import type { Subscription } from "./subscription";

/** Where topics deliver to. */
export interface Destinations {
  readonly queues: { send(arn: string, body: string, attributes: MessageAttributes): void };
  readonly invoker: AsyncInvoker;
  readonly inbox: Inbox;
  /** Who may do what, and where the policies of topics go; absent, topics may everything but invoke functions. */
  readonly access?: AccessControl;
}

/** What is needed to deliver, beside the destinations. */
export interface DeliverySurroundings {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
}

/** Retries of queues and functions, with jitter: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const RETRIES = { immediate: 3, beforeBackoff: 2, backoff: 10, afterBackoff: 100_000 } as const;
const MOST_RETRIES = RETRIES.immediate + RETRIES.beforeBackoff + RETRIES.backoff + RETRIES.afterBackoff;
const BACKOFF_MS = { least: 1_000, most: 20_000 } as const;

/** A raw message with more cannot become an SQS message: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
const MOST_RAW_ATTRIBUTES = 10;

/** AWS's own sender and subject where a topic and a message name none. */
const MAIL = { sender: "AWS Notifications", subject: "AWS Notification Message" } as const;

/** Delivers notifications: at least once, retried on the clock as SNS does, then dead-lettered or dropped. */
export class Deliveries {
  private readonly stopped = new AbortController();

  constructor(
    private readonly to: Destinations,
    private readonly around: DeliverySurroundings,
  ) {
    // One for each delivery that waits for its next attempt; Node takes more than ten for a leak.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Begins to deliver to one subscription; the answer comes before the first attempt. */
  begin(notification: Notification, subscription: Subscription): void {
    this.deliver(notification, subscription).catch((error: unknown) => {
      if (!this.stopped.signal.aborted) this.trouble(subscription, String(error));
    });
  }

  /** Tells the feed what happened to a message. */
  note(topicArn: string, what: FeedEvents["notification"]["what"]): void {
    const { feed, clock } = this.around;
    const topic = topicArn.split(":").at(-1) ?? topicArn;
    feed.emit("notification", { topic, what, timeMs: clock.now() });
  }

  stop(): void {
    this.stopped.abort(new Error("The runtime stopped."));
  }

  private async deliver(notification: Notification, subscription: Subscription): Promise<void> {
    await Promise.resolve();
    for (let retries = 0; ; retries++) {
      const failure = this.attempt(notification, subscription);
      if (failure === undefined) this.note(subscription.topicArn, "delivered");
      if (failure === undefined || this.stopped.signal.aborted) return;
      if (!failure.retryable || retries >= MOST_RETRIES) return this.giveUp(notification, subscription, failure);
      const delayMs = retryDelayMs(retries) * (0.75 + this.around.random() / 2);
      await this.around.clock.sleep(delayMs, this.stopped.signal);
    }
  }

  private attempt(notification: Notification, subscription: Subscription): DeliveryFailure | undefined {
    try {
      this.hand(notification, subscription);
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  }

  private hand(notification: Notification, subscription: Subscription): void {
    switch (subscription.protocol) {
      case "sqs":
        return this.send(subscription.endpoint, notification, subscription);
      case "lambda":
        return this.invoke(notification, subscription);
      case "email":
      case "email-json":
        return this.mail(notification, subscription);
    }
  }

  private send(queueArn: string, notification: Notification, subscription: Subscription): void {
    const principal = { kind: "service", service: "sns.amazonaws.com", sourceArn: subscription.topicArn } as const;
    demand(this.to.access, { principal, action: "sqs:SendMessage", resource: queueArn });
    const { body, attributes } = parcelFor(subscription, notification, this.around.cloud);
    if (Object.keys(attributes).length > MOST_RAW_ATTRIBUTES) {
      const message = `A message with more than ${MOST_RAW_ATTRIBUTES} attributes cannot be delivered raw.`;
      throw new DeliveryFailure("SDK_CLIENT_ERROR", message, false);
    }
    this.to.queues.send(queueArn, body, attributes);
  }

  private invoke(notification: Notification, subscription: Subscription): void {
    const { endpoint, topicArn } = subscription;
    const caller = { principal: "sns.amazonaws.com", sourceArn: topicArn };
    if (!this.to.invoker.permits(endpoint, caller)) {
      throw noPermissions(`No permission of ${endpoint} lets ${caller.principal} invoke it for ${topicArn}.`);
    }
    const event = JSON.stringify(functionEvent(subscription, notification, this.around.cloud));
    const { traceHeader } = notification;
    this.to.invoker.invokeLater(endpoint, event, traceHeader === undefined ? {} : { traceHeader });
  }

  /** The mail that SNS would send, without the footer about unsubscribing. */
  private mail(notification: Notification, subscription: Subscription): void {
    const { topic, message, id } = notification;
    const { endpoint, protocol } = subscription;
    const json = protocol === "email-json" ? parcelFor(subscription, notification, this.around.cloud).body : undefined;
    const letter = {
      messageId: id,
      sourceArn: topic.arn,
      addressees: { to: [endpoint], cc: [] },
      from: `${topic.attributes.get("DisplayName") || MAIL.sender} <no-reply@sns.amazonaws.com>`,
      replyTo: [],
      subject: message.subject ?? MAIL.subject,
      body: json ?? message.textFor(protocol),
      attributes: attributeTexts(message.attributes),
    };
    this.to.inbox.receive(letter, [endpoint]);
  }

  /** A dead letter is what a queue would have got: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
  private giveUp(notification: Notification, subscription: Subscription, failure: DeliveryFailure): void {
    const { deadLetterArn } = subscription;
    if (deadLetterArn === undefined) {
      this.note(subscription.topicArn, "dropped");
      return this.trouble(subscription, `dropped message ${notification.id}: ${failure.code}: ${failure.message}`);
    }
    try {
      this.send(deadLetterArn, notification, subscription);
      this.note(subscription.topicArn, "deadLettered");
    } catch (error) {
      this.note(subscription.topicArn, "lost");
      const reason = `its dead-letter queue failed: ${(error as Error).message}`;
      this.trouble(subscription, `lost message ${notification.id}, ${reason}`);
    }
  }

  private trouble({ topicArn, endpoint }: Subscription, message: string): void {
    this.around.feed.emit("trouble", { where: `topic ${topicArn}, subscriber ${endpoint}`, message });
  }
}

/** @param retries how many there were before */
function retryDelayMs(retries: number): number {
  if (retries < RETRIES.immediate) return 0;
  const backedOff = retries - RETRIES.immediate - RETRIES.beforeBackoff;
  if (backedOff < 0) return BACKOFF_MS.least;
  // From the least to the most in equal ratios over the retries of this phase.
  const share = Math.min(1, backedOff / (RETRIES.backoff - 1));
  return BACKOFF_MS.least * (BACKOFF_MS.most / BACKOFF_MS.least) ** share;
}
