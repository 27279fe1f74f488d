import {
  EVENT_TYPES,
  orderToPlace,
  type EventDetail,
  type OrderEvent,
  type OrderEvents,
  type OrderEventType,
} from "./events";
import { toDecimal } from "./money";
import type { FailureCode, Order, OrderFailure } from "./order";

/** One change of an order's item: created when `before` is absent, removed when `after` is. */
export interface OrderChange {
  readonly before?: Order;
  readonly after?: Order;
}

/**
 * What a change means to the rest of the world, in the order in which it came about. It compares two
 * states, not the writes that lie between them, so it is right for merged writes too; a removal means
 * nothing. Throws for an order that contradicts itself, for example a capture without its transaction.
 */
export function eventsOf({ before, after }: OrderChange): OrderEvent[] {
  if (after === undefined) return [];
  return EVENT_TYPES.flatMap((type) => {
    const rest = MEANINGS[type](after, before);
    return rest === undefined ? [] : [{ type, detail: { ...baseOf(after, type), ...rest } } as unknown as OrderEvent];
  });
}

type Meaning<Type extends OrderEventType> = (
  after: Order,
  before: Order | undefined,
) => Omit<OrderEvents[Type], keyof EventDetail> | undefined;

/** Event by event: what it tells, if it came about between the two states. */
const MEANINGS: { readonly [Type in OrderEventType]: Meaning<Type> } = {
  OrderCreated: (after, before) => (before === undefined ? creationOf(after) : undefined),
  InventoryReserved: (after, before) =>
    after.reserved && before?.reserved !== true ? { items: orderToPlace(after).items } : undefined,
  PaymentProcessed: (after, before) => {
    if (!paymentBecame("CAPTURED", after, before)) return undefined;
    const { transactionId, ...amounts } = paymentOf(after);
    if (transactionId === undefined) throw new Error(`Order ${after.orderId} is charged without a transaction.`);
    return { transactionId, ...amounts };
  },
  OrderPlaced: (after, before) =>
    after.stage === "CONFIRMED" && before?.stage !== "CONFIRMED"
      ? { ...totalsOf(after), currency: after.currency, timestamp: after.updatedAt, ...receiptOf(after) }
      : undefined,
  // Of two executions of one order, one may find too little and the other, a moment later, take what came back in between.
  // The first cancels, and then stock was taken after all: InventoryReleased and OrderFailed tell of that.
  InventoryFailed: (after, before) =>
    failedBy("OUT_OF_STOCK", after, before) && !after.reserved ? failureOf(after) : undefined,
  PaymentFailed: (after, before) => (failedBy("PAYMENT_DECLINED", after, before) ? failureOf(after) : undefined),
  PaymentRefunded: (after, before) => (paymentBecame("REFUNDED", after, before) ? paymentOf(after) : undefined),
  InventoryReleased: (after, before) =>
    before?.reserved === true && !after.reserved ? { items: orderToPlace(after).items } : undefined,
  OrderFailed: (after, before) =>
    after.stage === "FAILED" && before?.stage !== "FAILED" ? failureOf(after) : undefined,
};

function baseOf(order: Order, type: OrderEventType): EventDetail {
  return {
    eventId: `${order.orderId}#${order.version}#${type}`,
    orderId: order.orderId,
    tenantId: order.tenantId,
    userId: order.userId,
    occurredAt: order.updatedAt,
    correlationId: order.correlationId,
  };
}

function paymentBecame(status: "CAPTURED" | "REFUNDED", after: Order, before: Order | undefined): boolean {
  return after.payment?.status === status && before?.payment?.status !== status;
}

/** A rejection has its own event, of what did not happen; a fault of ours shows only in OrderFailed. */
function failedBy(code: FailureCode, after: Order, before: Order | undefined): boolean {
  return after.failure?.code === code && before?.failure === undefined;
}

/** With names and prices: what the order was accepted at can be shown, and shown again, from the events alone. */
function creationOf(order: Order): Omit<OrderEvents["OrderCreated"], keyof EventDetail> {
  const items = order.items.map(({ productId, name, qty, unitPriceMinor }) => ({
    productId,
    name,
    qty,
    unitPriceMinor,
  }));
  return { ...orderToPlace(order), items, ...totalsOf(order) };
}

function receiptOf({ receiptKey }: Order): { receiptKey?: string } {
  return receiptKey === undefined ? {} : { receiptKey };
}

function totalsOf({ amountMinor, currency, items }: Order): { totalAmount: number; itemCount: number } {
  return {
    totalAmount: toDecimal(amountMinor, currency),
    itemCount: items.reduce((units, { qty }) => units + qty, 0),
  };
}

function paymentOf({ payment, currency, amountMinor }: Order): Omit<OrderEvents["PaymentRefunded"], keyof EventDetail> {
  return {
    ...(payment?.transactionId !== undefined && { transactionId: payment.transactionId }),
    amount: toDecimal(payment?.amountMinor ?? amountMinor, currency),
    currency,
  };
}

function failureOf(order: Order): { step: string; failureCode: FailureCode; failureReason: string } {
  const { step, code, reason } = requiredFailure(order);
  return { step, failureCode: code, failureReason: reason };
}

function requiredFailure({ failure, orderId, stage }: Order): OrderFailure {
  if (failure === undefined) throw new Error(`Order ${orderId} is ${stage} without a failure.`);
  return failure;
}
