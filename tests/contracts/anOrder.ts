import type { Order } from "../../contracts/order";

/** An order of two mice and one hub, as it is when it was just accepted, with what the test cares about. */
export function anOrder(rest: Partial<Order> = {}): Order {
  return {
    orderId: "order-1",
    tenantId: "acme",
    userId: "user-1",
    items: [
      { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPriceMinor: 2999 },
      { productId: "PROD-003", name: "USB-C Hub", qty: 1, unitPriceMinor: 4999 },
    ],
    amountMinor: 10997,
    currency: "EUR",
    status: "PENDING",
    stage: "RECEIVED",
    reserved: false,
    version: 1,
    createdAt: "2026-11-20T10:00:00.000Z",
    updatedAt: "2026-11-20T10:00:00.000Z",
    correlationId: "corr-1",
    bodyHash: "hash-1",
    ...rest,
  };
}

export const captured = { status: "CAPTURED", transactionId: "txn-1", amountMinor: 10997 } as const;
export const refunded = { status: "REFUNDED", transactionId: "txn-1", amountMinor: 10997 } as const;
export const outOfStock = { step: "ReserveInventory", code: "OUT_OF_STOCK", reason: "Not enough." } as const;
