import type { OrderEvents, OrderEventType } from "./events";
import { statusOf } from "./lifecycle";
import { toMinor } from "./money";
import type { Order } from "./order";
import { oldestFirst, type RecordedEvent } from "./trail";

/**
 * As much of an order as its events tell. They leave out the customer's address on purpose, and the hash of the request's
 * body. Of a voided payment, where no money moved, they tell nothing either: there is none here.
 */
export type RebuiltOrder = Omit<Order, "customerEmail" | "bodyHash">;

/**
 * The order as its events alone say it is, in whatever order they are given. Undefined without OrderCreated. A type that
 * is not known changes the version and the time, and nothing else.
 *
 * A cancellation by a fault of ours tells nothing by itself, nor does one for want of stock that was then taken after all:
 * that the order goes back shows by the next event, and why only by OrderFailed.
 */
export function rebuiltOrder(events: readonly RecordedEvent[]): RebuiltOrder | undefined {
  const [first, ...later] = oldestFirst(events);
  if (first?.type !== "OrderCreated") return undefined;
  return later.reduce<RebuiltOrder>((order, event) => {
    const changed = { ...order, ...changeBy(event) };
    return { ...changed, status: statusOf(changed.stage), version: event.version, updatedAt: event.occurredAt };
  }, created(first));
}

function created({ version, detail }: RecordedEvent): RebuiltOrder {
  const { orderId, tenantId, userId, correlationId, items, amountMinor, currency, occurredAt } =
    detail as OrderEvents["OrderCreated"];
  return {
    ...{ orderId, tenantId, userId, correlationId, items, amountMinor, currency },
    ...{ stage: "RECEIVED", status: "PENDING", reserved: false },
    ...{ version, createdAt: occurredAt, updatedAt: occurredAt },
  };
}

type Change = Partial<Pick<RebuiltOrder, "stage" | "reserved" | "payment" | "failure" | "receiptKey">>;

/** Event by event, what it says that became of the order. */
const CHANGES: { readonly [Type in OrderEventType]: (detail: OrderEvents[Type]) => Change } = {
  OrderCreated: () => ({}),
  InventoryReserved: () => ({ stage: "INVENTORY_RESERVED", reserved: true }),
  PaymentProcessed: ({ transactionId, amount, currency }) => ({
    stage: "PAYMENT_PROCESSED",
    payment: { status: "CAPTURED", transactionId, amountMinor: minor(amount, currency) },
  }),
  OrderPlaced: ({ receiptKey }) => ({ stage: "CONFIRMED", ...(receiptKey !== undefined && { receiptKey }) }),
  InventoryFailed: (detail) => ({ stage: "CANCELLING", failure: failureOf(detail) }),
  PaymentFailed: (detail) => ({ stage: "CANCELLING", failure: failureOf(detail) }),
  PaymentRefunded: ({ transactionId, amount, currency }) => ({
    stage: "CANCELLING",
    payment: {
      status: "REFUNDED",
      ...(transactionId !== undefined && { transactionId }),
      amountMinor: minor(amount, currency),
    },
  }),
  InventoryReleased: () => ({ stage: "CANCELLING", reserved: false }),
  OrderFailed: (detail) => ({ stage: "FAILED", failure: failureOf(detail) }),
};

function changeBy({ type, detail }: RecordedEvent): Change {
  if (!Object.hasOwn(CHANGES, type)) return {};
  const change = CHANGES[type as OrderEventType] as (detail: unknown) => Change;
  return change(detail);
}

function failureOf({ step, failureCode, failureReason }: OrderEvents["OrderFailed"]): NonNullable<Order["failure"]> {
  return { step, code: failureCode, reason: failureReason };
}

/** A decimal that is no amount of the currency equals no amount. */
function minor(amount: number, currency: string): number {
  return toMinor(amount, currency) ?? Number.NaN;
}
