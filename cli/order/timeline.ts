import type { OrderEvents } from "../../contracts/events";
import type { Order } from "../../contracts/order";
import { orderView } from "../../contracts/orderView";
import type { OrderView } from "../../contracts/schemas";
import type { RecordedEvent } from "../../contracts/trail";
import { untoldVersions } from "./comparison";
import { plainWords, type PlainWords } from "./plainWords";

/** One event of the trail, and how long it took to get there; milliseconds of the pipeline's own clock. */
export interface Step extends PlainWords {
  readonly occurredAt: string;
  readonly sinceBeforeMs: number;
  readonly sinceStartMs: number;
  readonly type: string;
  readonly version: number;
  readonly detail: RecordedEvent["detail"];
}

/** An order and everything that happened to it. */
export interface Timeline {
  readonly order: OrderView & Pick<Order, "tenantId" | "correlationId">;
  readonly steps: readonly Step[];
  readonly totals: {
    readonly events: number;
    readonly tookMs: number;
    /** Decimals in the order's currency. A refund tells of a charge, even when the charge itself went unseen. */
    readonly charged: number;
    readonly refunded: number;
    /** Versions that no event tells of, up to the order's own: writes that tell nothing, or events still on their way. */
    readonly untoldVersions: readonly number[];
  };
}

export function timelineOf(order: Order, events: readonly RecordedEvent[]): Timeline {
  const startMs = Date.parse(events[0]?.occurredAt ?? order.createdAt);
  const steps = events.map((event, at): Step => {
    const { type, version, occurredAt, detail } = event;
    const ms = Date.parse(occurredAt);
    const beforeMs = Date.parse(events[at - 1]?.occurredAt ?? occurredAt);
    const times = { occurredAt, sinceBeforeMs: ms - beforeMs, sinceStartMs: ms - startMs };
    return { ...times, type, version, ...plainWords(event), detail };
  });
  const { tenantId, correlationId, version } = order;
  const refunded = amountOf(events, "PaymentRefunded");
  return {
    order: { ...orderView(order), tenantId, correlationId },
    steps,
    totals: {
      events: events.length,
      tookMs: steps.at(-1)?.sinceStartMs ?? 0,
      charged: amountOf(events, "PaymentProcessed") || refunded,
      refunded,
      untoldVersions: untoldVersions(events, version),
    },
  };
}

function amountOf(events: readonly RecordedEvent[], wanted: "PaymentProcessed" | "PaymentRefunded"): number {
  const event = events.find(({ type }) => type === wanted);
  return event === undefined ? 0 : (event.detail as OrderEvents[typeof wanted]).amount;
}
