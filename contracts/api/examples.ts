/** An order as it was accepted. */
export const ORDER_EXAMPLE = {
  orderId: "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
  status: "PENDING",
  totalAmount: 149.97,
  currency: "EUR",
  items: [
    { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPrice: 29.99, lineTotal: 59.98 },
    { productId: "PROD-002", name: "Mechanical Keyboard", qty: 1, unitPrice: 89.99, lineTotal: 89.99 },
  ],
  createdAt: "2026-03-01T09:30:00.000Z",
} as const;

/** The same order once it is confirmed. */
export const ORDER_VIEW_EXAMPLE = {
  ...ORDER_EXAMPLE,
  userId: "user-42",
  status: "CONFIRMED",
  stage: "CONFIRMED",
  payment: { status: "CAPTURED", amount: 149.97 },
  receiptKey: "receipts/2026/03/3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11.json",
  version: 4,
  updatedAt: "2026-03-01T09:30:00.412Z",
} as const;

const LINES_EXAMPLE = [
  { productId: "PROD-001", name: "Wireless Mouse", qty: 2, unitPriceMinor: 2999 },
  { productId: "PROD-002", name: "Mechanical Keyboard", qty: 1, unitPriceMinor: 8999 },
];

/** What happened to it, up to the charge. */
export const ORDER_TRAIL_EXAMPLE = {
  orderId: ORDER_EXAMPLE.orderId,
  events: [
    eventExample("OrderCreated", 1, ".000Z", {
      ...{ items: LINES_EXAMPLE, amountMinor: 14997, currency: "EUR", totalAmount: 149.97, itemCount: 3 },
    }),
    eventExample("InventoryReserved", 2, ".134Z", {
      items: LINES_EXAMPLE.map(({ productId, qty }) => ({ productId, qty })),
    }),
    eventExample("PaymentProcessed", 3, ".271Z", { transactionId: "txn_8f2c51", amount: 149.97, currency: "EUR" }),
  ],
};

/** A product of the catalogue. */
export const PRODUCT_EXAMPLE = {
  productId: "PROD-001",
  name: "Wireless Mouse",
  price: 29.99,
  currency: "EUR",
  category: "Accessories",
  inStock: true,
} as const;

/** Where a page with that order alone ends. */
export const CURSOR_EXAMPLE =
  "WyIyMDI2LTAzLTAxVDA5OjMwOjAwLjAwMFoiLCIzZjBlOWE1Mi02ZjBlLTVjNTUtOWQzZS03YTNjOGYwYjhkMTEiLCJSV2gzM2lhQiJd";

function eventExample(type: string, version: number, afterSecond: string, rest: object) {
  const { orderId } = ORDER_EXAMPLE;
  const eventId = `${orderId}#${version}#${type}`;
  const occurredAt = `2026-03-01T09:30:00${afterSecond}`;
  const identity = {
    orderId,
    tenantId: "acme",
    userId: "user-42",
    correlationId: "b1946ac9-2a5e-4c55-9d3e-7a3c8f0b8d11",
  };
  return { eventId, type, occurredAt, version, detail: { eventId, ...identity, occurredAt, ...rest } };
}
