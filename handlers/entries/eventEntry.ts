import type { EventBridgeEvent } from "aws-lambda";
import type { EventDetail, OrderEvent } from "../../contracts/events";
import { addLogKeys } from "../telemetry";
import { queueEntry } from "./queueEntry";

/**
 * A Lambda handler for a queue that a rule of the bus fills with whole events, around what a consumer does with one. What
 * it throws brings the event back; what is no event of ours comes back as well, until it waits among the dead letters.
 */
export function eventEntry(options: { readonly service: string }, consume: (event: OrderEvent) => Promise<void>) {
  return queueEntry(options, async ({ body }) => {
    const event = orderEvent(body);
    const { orderId, tenantId, correlationId, eventId } = event.detail;
    addLogKeys({ orderId, tenantId, correlationId, eventId });
    await consume(event);
  });
}

const IN_EVERY_DETAIL = ["eventId", "orderId", "tenantId", "userId", "occurredAt", "correlationId"] as const;

/** Reads an event as the bus delivers it. Its type may be one that came with a later version: consumers pass it over. */
function orderEvent(body: unknown): OrderEvent {
  const { "detail-type": type, detail } = (body ?? {}) as Partial<EventBridgeEvent<string, Partial<EventDetail>>>;
  const missing = IN_EVERY_DETAIL.filter((name) => typeof detail?.[name] !== "string");
  if (typeof type !== "string" || missing.length > 0) {
    throw new Error(`The message is no event of an order: ${missing.join(", ") || "detail-type"} is missing.`);
  }
  return { type, detail } as unknown as OrderEvent;
}
