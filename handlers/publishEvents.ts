import { eventsOf, type OrderChange } from "../contracts/eventsOf";
import type { OrderEvent } from "../contracts/events";
import { count, log } from "./telemetry";

/** Where events go. */
export interface Bus {
  /** Publishes in the given order; answers the positions of the events that did not get there. */
  publish(events: readonly OrderEvent[]): Promise<ReadonlySet<number>>;
}

/** The position of the first change whose events are not all on the bus; absent when all are. */
export interface PublishedUpTo {
  readonly failedAt?: number;
}

/**
 * Tells the rest of the world what became of the orders. Everything from the first failure on is tried again, so an
 * event may come twice, with the same `eventId`, but none is lost.
 */
export function publishEvents({
  bus,
}: {
  readonly bus: Bus;
}): (changes: readonly OrderChange[]) => Promise<PublishedUpTo> {
  return async (changes) => {
    const { events, unclear } = readAll(changes);
    const failed = events.length === 0 ? new Set<number>() : await bus.publish(events.map(({ event }) => event));
    const sent = events.filter((_, position) => !failed.has(position));
    const placed = sent.filter(({ event }) => event.type === "OrderPlaced").length;
    if (placed > 0) count("OrderPlacedEventEmitted", placed);
    log(failed.size > 0 ? "warn" : "debug", "Published events.", { published: sent.length, failed: failed.size });

    const firstFailed = events.find((_, position) => failed.has(position))?.change ?? unclear;
    return firstFailed === undefined ? {} : { failedAt: firstFailed };
  };
}

interface EventOfChange {
  readonly event: OrderEvent;
  readonly change: number;
}

/** The events of all changes up to the first that cannot be understood. */
function readAll(changes: readonly OrderChange[]): { events: EventOfChange[]; unclear?: number } {
  const events: EventOfChange[] = [];
  for (const [change, states] of changes.entries()) {
    try {
      events.push(...eventsOf(states).map((event) => ({ event, change })));
    } catch (error) {
      log("error", "A change of an order cannot be understood.", { orderId: states.after?.orderId, error });
      return { events, unclear: change };
    }
  }
  return { events };
}
