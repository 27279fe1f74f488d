import type { OrderEvent } from "../contracts/events";
import type { CustomerMessage } from "../contracts/notification";
import type { Order } from "../contracts/order";
import { wordingOf } from "./customerMessage";
import { count, log } from "./telemetry";

/** Brings a message to where customers find it. */
export interface MessageSender {
  /** `"NOBODY"`: there is nobody to send it to, which is not a fault. */
  send(message: CustomerMessage): Promise<"SENT" | "NOBODY">;
}

/** What a consumer remembers of the events whose effect lies outside of the system and cannot be undone. */
export interface ConsumedEvents {
  /**
   * Takes an event for this consumer alone, for as long as one attempt may last. `CONSUMED`: its effect is done. `TAKEN`:
   * another attempt is at it, or died at it a moment ago.
   */
  take(eventId: string): Promise<"MINE" | "CONSUMED" | "TAKEN">;
  /** Remembers that the effect is done. */
  settle(eventId: string): Promise<void>;
}

export interface NotifyCustomerDeps {
  readonly orders: { find(orderId: string): Promise<Order | undefined> };
  readonly consumed: ConsumedEvents;
  readonly sender: MessageSender;
  /** Days after which an ending is old news, as when an archive is replayed: no longer than endings are remembered. */
  readonly tellWithinDays: number;
  readonly now: () => Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Tells the customer how an order ended, once. Nothing can make a message and its being remembered one step, so of the two
 * mistakes that are left the rarer and smaller is chosen: a function that dies between them sends its message again later.
 */
export function notifyCustomer({ orders, consumed, sender, tellWithinDays, now }: NotifyCustomerDeps) {
  return async ({ type, detail }: OrderEvent): Promise<void> => {
    if (type !== "OrderPlaced" && type !== "OrderFailed") return;
    const { eventId, orderId, occurredAt } = detail;
    if (now().getTime() - Date.parse(occurredAt) > tellWithinDays * DAY_MS) {
      return log("warn", "An ending is too old to be told.", { occurredAt });
    }
    const message = messageOf(eventId, await orders.find(orderId));
    const taken = await consumed.take(eventId);
    if (taken === "CONSUMED") return log("info", "The customer was told before.");
    if (taken === "TAKEN") throw new Error(`Somebody else tells of ${eventId} at this moment.`);
    await send(message);
    await consumed.settle(eventId);
  };

  async function send(message: CustomerMessage): Promise<void> {
    try {
      const sent = await sender.send(message);
      if (sent === "SENT") count("CustomerNotified");
      const said = sent === "SENT" ? "Told the customer." : "The order names nobody to tell.";
      log("info", said, { ending: message.ending });
    } catch (error) {
      count("CustomerNotificationFailed");
      throw error;
    }
  }
}

function messageOf(notificationId: string, order: Order | undefined): CustomerMessage {
  if (order === undefined) throw new Error("There is no such order.");
  const wording = wordingOf(order);
  if (wording === undefined) throw new Error(`Order ${order.orderId} has ended, but is ${order.status}.`);
  const { orderId, tenantId, customerEmail } = order;
  return { notificationId, orderId, tenantId, ...wording, ...(customerEmail !== undefined && { customerEmail }) };
}
