import type { FailureCode, Order } from "./order";
import type { OrderToPlace } from "./orderTasks";

/** The `source` of every event on the bus. */
export const EVENT_SOURCE = "ordering-system";

/** What every event's `detail` has. */
export interface EventDetail {
  /** `orderId#version#type`: the same however often the event is published, so that consumers can drop duplicates. */
  readonly eventId: string;
  readonly orderId: string;
  readonly tenantId: string;
  readonly userId: string;
  /** ISO 8601, UTC: when the order changed. */
  readonly occurredAt: string;
  readonly correlationId: string;
}

interface Failed {
  readonly failureCode: FailureCode;
  readonly failureReason: string;
}

/** The `detail` of each detail type, as it stands on the bus. Amounts without "Minor" are decimals. */
export interface OrderEvents {
  readonly OrderCreated: EventDetail & OrderToPlace & { readonly totalAmount: number; readonly itemCount: number };
  readonly InventoryReserved: EventDetail & Pick<OrderToPlace, "items">;
  readonly PaymentProcessed: EventDetail & {
    readonly transactionId: string;
    readonly amount: number;
    readonly currency: string;
  };
  readonly OrderPlaced: EventDetail & {
    readonly totalAmount: number;
    readonly currency: string;
    /** Number of units, over all lines. */
    readonly itemCount: number;
    readonly timestamp: string;
  };
  readonly InventoryFailed: EventDetail & Failed;
  readonly PaymentFailed: EventDetail & Failed;
  readonly PaymentRefunded: EventDetail & {
    readonly transactionId?: string;
    readonly amount: number;
    readonly currency: string;
  };
  readonly InventoryReleased: EventDetail & Pick<OrderToPlace, "items">;
  readonly OrderFailed: EventDetail & Failed & { readonly step: string };
}

export type OrderEventType = keyof OrderEvents;

/** An event before it is on the bus. */
export type OrderEvent = {
  readonly [Type in OrderEventType]: { readonly type: Type; readonly detail: OrderEvents[Type] };
}[OrderEventType];

/** What the saga is started with, taken from an order: the same for its first run and for every later one. */
export function orderToPlace(order: Order): OrderToPlace {
  return {
    orderId: order.orderId,
    tenantId: order.tenantId,
    correlationId: order.correlationId,
    items: order.items.map(({ productId, qty }) => ({ productId, qty })),
    amountMinor: order.amountMinor,
    currency: order.currency,
  };
}
