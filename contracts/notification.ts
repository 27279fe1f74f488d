import type { OrderEventType } from "./events";

/** How an order ended, as its customer sees it. */
export type Ending = "CONFIRMED" | "OUT_OF_STOCK" | "DECLINED" | "REFUNDED" | "FAILED";

/** A message for the customer of an order that has ended. One for each order. */
export interface CustomerMessage {
  /** The `eventId` of the ending: the same however often the event comes. */
  readonly notificationId: string;
  readonly orderId: string;
  readonly tenantId: string;
  readonly ending: Ending;
  /** One line of at most 99 ASCII characters, as a topic's subject must be. */
  readonly subject: string;
  /** Plain text, lines of at most 80 characters. */
  readonly text: string;
  /** Where the customer can be reached; absent when the order does not say. */
  readonly customerEmail?: string;
}

/** The events that end an order. */
export const ENDINGS = ["OrderPlaced", "OrderFailed"] as const satisfies readonly OrderEventType[];
