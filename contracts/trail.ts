import { EVENT_TYPES, type EventDetail } from "./events";

/** An event as the audit trail keeps it: nothing of it is ever changed or removed. */
export interface RecordedEvent {
  readonly orderId: string;
  /** `orderId#version#type` */
  readonly eventId: string;
  /** One of the types of contracts/events.ts, or of a later version's. */
  readonly type: string;
  /** The order's version that the event tells of. */
  readonly version: number;
  /** ISO 8601, UTC: when the order changed. */
  readonly occurredAt: string;
  /** ISO 8601, UTC: when the event reached the trail. */
  readonly recordedAt: string;
  /** The whole detail with the fields of its type, as it stood on the bus. */
  readonly detail: EventDetail;
}

/** An event of any type, as the bus delivers it. */
export type TrailEvent = Pick<RecordedEvent, "type" | "detail">;

/** The row of an event. Throws when its `eventId` is not of its order and type: it could stand for two events. */
export function recordOf({ type, detail }: TrailEvent, recordedAt: Date): RecordedEvent {
  const { orderId, eventId, occurredAt } = detail;
  const [order, number = "", name, ...rest] = eventId.split("#");
  const version = Number(number);
  if (order !== orderId || name !== type || rest.length > 0 || !/^[1-9]\d*$/.test(number)) {
    throw new Error(`The eventId "${eventId}" is not ${orderId}#VERSION#${type}.`);
  }
  return { orderId, eventId, type, version, occurredAt, recordedAt: recordedAt.toISOString(), detail };
}

/** The events of one order, oldest first: by version, and within one by the lifecycle. As texts, 10 would come before 2. */
export function oldestFirst<Event extends Pick<RecordedEvent, "version" | "type">>(events: readonly Event[]): Event[] {
  return [...events].sort((a, b) => a.version - b.version || rank(a.type) - rank(b.type));
}

/** Types of later versions come last. */
function rank(type: string): number {
  const known = (EVENT_TYPES as readonly string[]).indexOf(type);
  return known === -1 ? EVENT_TYPES.length : known;
}
