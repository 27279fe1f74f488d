import type { Order } from "../../contracts/order";
import { receiptKeyOf, receiptOf, type ReceiptDocument } from "../../contracts/receipt";
import type { Payment } from "../../simulation/books";
import type { History } from "../../simulation/history";
import type { Attempt } from "../../simulation/journal";
import type { SeenEvent } from "../../simulation/observations";
import type { Sending, Wish } from "../../simulation/undertaking";

/** Two mice at 10.00 each. */
export const A_WISH: Wish = {
  userId: "user-1",
  customerEmail: "undertaking-0001@acme.simulation.example",
  items: [{ productId: "PROD-001", qty: 2 }],
  amountMinor: 2_000,
};

export const A_SENDING: Sending = {
  tenant: "acme",
  credential: "own",
  idempotencyKey: "key-1",
  body: "{}",
  wish: A_WISH,
  expected: "accepted",
  statuses: [201],
};

export function anOrder(changes: Partial<Order> = {}): Order {
  return {
    orderId: "order-1",
    tenantId: "acme",
    userId: A_WISH.userId,
    customerEmail: A_WISH.customerEmail,
    items: [{ productId: "PROD-001", name: "Mouse", qty: 2, unitPriceMinor: 1_000 }],
    amountMinor: 2_000,
    currency: "EUR",
    status: "CONFIRMED",
    stage: "CONFIRMED",
    reserved: true,
    payment: { status: "CAPTURED", transactionId: "t", amountMinor: 2_000 },
    version: 4,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:01.000Z",
    correlationId: "c",
    receiptKey: "receipts/2026/01/order-1.json",
    bodyHash: "h",
    ...changes,
  };
}

/** An order that was declined, and gave its stock back. */
export function aDeclinedOrder(changes: Partial<Order> = {}): Order {
  const {
    payment: _none,
    receiptKey: _neither,
    ...order
  } = anOrder({
    status: "FAILED",
    stage: "FAILED",
    reserved: false,
    failure: { step: "ProcessPayment", code: "PAYMENT_DECLINED", reason: "no" },
    version: 5,
  });
  return { ...order, ...changes };
}

export function anEvent(type: string, version: number, more: Record<string, unknown> = {}): SeenEvent {
  const orderId = (more["orderId"] as string | undefined) ?? "order-1";
  const detail = {
    eventId: `${orderId}#${version}#${type}`,
    orderId,
    tenantId: "acme",
    userId: "user-1",
    occurredAt: "2026-01-01T00:00:00.000Z",
    correlationId: "c",
    ...more,
  };
  return { type, detail };
}

/** Events of these types, with versions from 1. */
export function aTrail(...types: string[]): SeenEvent[] {
  return types.map((type, at) => anEvent(type, at + 1));
}

export const GOOD_TRAIL = aTrail("OrderCreated", "InventoryReserved", "PaymentProcessed", "OrderPlaced");

export const DECLINED_TRAIL = aTrail(
  "OrderCreated",
  "InventoryReserved",
  "PaymentFailed",
  "InventoryReleased",
  "OrderFailed",
);

export function anAttempt(changes: Partial<Sending> = {}, status = 201, orderId = "order-1"): Attempt {
  const body = status === 201 ? { orderId, status: "PENDING", totalAmount: 20 } : { title: "no" };
  const sending = { ...A_SENDING, ...changes };
  return { undertaking: "undertaking-0001", sending, outcome: { status, body, replayed: false } };
}

export function aPayment(changes: Partial<Payment> = {}): Payment {
  return { orderId: "order-1", status: "CAPTURED", amountMinor: 2_000, captures: 1, refunds: 0, ...changes };
}

/** One confirmed order of two mice of ten, unless told otherwise. */
export function aHistory(changes: Partial<Omit<History, "books">> & Partial<History["books"]> = {}): History {
  const { orders = [anOrder()], stock, payments, receipts, recorded, ...rest } = changes;
  return {
    initialStock: new Map([["PROD-001", 10]]),
    events: GOOD_TRAIL,
    attempts: [anAttempt()],
    messages: [{ orderId: "order-1", ending: "CONFIRMED" }],
    ...rest,
    books: {
      orders,
      stock: stock ?? [{ productId: "PROD-001", stock: 8 }],
      payments: payments ?? [aPayment()],
      recorded: recorded ?? recordedOf(rest.events ?? GOOD_TRAIL),
      receipts: receipts ?? receiptsOf(orders),
    },
  };
}

/** The receipts that these orders should have. */
export function receiptsOf(orders: readonly Order[]): Map<string, ReceiptDocument> {
  const confirmed = orders.filter(({ status }) => status === "CONFIRMED");
  return new Map(confirmed.map((order) => [receiptKeyOf(order), receiptOf(order)]));
}

/** The rows of the audit trail that these events should make. */
export function recordedOf(events: readonly SeenEvent[]): History["books"]["recorded"] {
  return events.map(({ type, detail }) => ({ type, eventId: detail.eventId, orderId: detail.orderId }));
}
