import type { Static } from "@sinclair/typebox";
import type { EventDetailSchema, EVENT_SCHEMAS, OrderEventType } from "./eventSchemas";
import type { Order } from "./order";
import type { OrderToPlace } from "./orderTasks";

export type { OrderEventType } from "./eventSchemas";

/** The `source` of every event on the bus. */
export const EVENT_SOURCE = "ordering-system";

/** What every event's `detail` has. */
export type EventDetail = Frozen<Static<typeof EventDetailSchema>>;

/** The `detail` of each detail type, as it stands on the bus. Amounts without "Minor" are decimals. */
export type OrderEvents = {
  readonly [Type in OrderEventType]: Frozen<Static<(typeof EVENT_SCHEMAS)[Type]>>;
};

/** What comes out of a schema, to be read and not to be changed. */
type Frozen<T> = T extends (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** Every type, in the order of the lifecycle: that in which one write tells several. */
export const EVENT_TYPES = [
  "OrderCreated",
  "InventoryReserved",
  "PaymentProcessed",
  "OrderPlaced",
  "InventoryFailed",
  "PaymentFailed",
  "PaymentRefunded",
  "InventoryReleased",
  "OrderFailed",
] as const satisfies readonly OrderEventType[];

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
