import type { Order } from "../../contracts/order";
import { grouped } from "../grouped";
import type { Checker, Violation } from "../history";
import type { SeenEvent } from "../observations";
import { walkFaults } from "./walk";

/**
 * Trail: the events of every order, copies dropped by their `eventId`, are a legal walk of the lifecycle, miss no change
 * and end as the order did; an `eventId` never stands for two contents.
 */
export const checkTrail: Checker = ({ events, books }) => {
  const { unique, violations } = withoutCopies(events);
  const trails = grouped(unique, ({ detail }) => detail.orderId);
  const stored = new Map(books.orders.map((order) => [order.orderId, order]));
  for (const [orderId, trail] of trails) {
    if (stored.has(orderId)) continue;
    const types = trail.map(({ type }) => type).join(", ");
    violations.push(violation(`Events tell of order ${orderId} (${types}), but it is not stored.`, orderId));
  }
  return [...violations, ...books.orders.flatMap((order) => ofOrder(order, trails.get(order.orderId) ?? []))];
};

function withoutCopies(events: readonly SeenEvent[]): { unique: SeenEvent[]; violations: Violation[] } {
  const contents = new Map<string, string>();
  const violations: Violation[] = [];
  const unique = events.filter((event) => {
    const { eventId, orderId } = event.detail;
    const content = canonical([event.type, event.detail]);
    const before = contents.get(eventId);
    contents.set(eventId, before ?? content);
    if (before !== undefined && before !== content) {
      violations.push(violation(`Event ${eventId} came with two contents: ${before} and ${content}.`, orderId));
    }
    return before === undefined;
  });
  return { unique, violations };
}

function ofOrder(order: Order, trail: readonly SeenEvent[]): Violation[] {
  const { orderId } = order;
  if (trail.length === 0) return [violation(`Order ${orderId} is ${order.stage}, but no event tells of it.`, orderId)];
  const strangers = trail.filter(({ detail }) => detail.tenantId !== order.tenantId || detail.userId !== order.userId);
  return [
    ...strangers.map(({ detail }) => violation(`Event ${detail.eventId} names another tenant or user.`, orderId)),
    ...walkFaults(order, trail).map((fault) => violation(`Order ${orderId}: ${fault}.`, orderId)),
  ];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function violation(sentence: string, orderId: string): Violation {
  return { promise: "trail", sentence, orderId };
}
