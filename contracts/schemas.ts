import * as Type from "@sinclair/typebox";
import type { FailureCode, OrderStage, OrderStatus, PaymentStatus } from "./order";

/*
 * The shapes of the API, once: the handlers check with them and the OpenAPI document carries them.
 * API Gateway reads JSON Schema draft 4 and ignores some keywords
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html), so there is
 * no `const`, no `format` and no `exclusiveMinimum` here, and handlers check everything again.
 * The namespace import lets a bundler keep only the few builders that are used.
 */

const OrderId = Type.String({ pattern: "^[A-Za-z0-9-]{1,64}$", description: "Given by the service." });
const ProductId = Type.String({ minLength: 1, maxLength: 64 });
const Quantity = Type.Integer({ minimum: 1, maximum: 1000, description: "Units." });
const Currency = Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217." });
const Timestamp = Type.String({ description: "ISO 8601, UTC, with milliseconds." });
const Amount = Type.Number({ minimum: 0, description: "A decimal in the order's currency." });

/** What clients poll, in the order in which an order has them. */
export const ORDER_STATUSES = ["PENDING", "CONFIRMED", "FAILED"] as const satisfies readonly OrderStatus[];

const status = words<OrderStatus>(...ORDER_STATUSES);

/** Most lines that an order may have: with the order's own item 51 actions of the 100 that a transaction takes. */
export const MAX_LINES = 50;

/** Body of POST /orders. That a product appears once cannot be said here; the handler checks it. */
export const PlaceOrderBody = Type.Object(
  {
    userId: Type.String({ minLength: 1, maxLength: 128 }),
    items: Type.Array(Type.Object({ productId: ProductId, qty: Quantity }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: MAX_LINES,
      description: "A product once.",
    }),
    totalAmount: Type.Optional(
      Type.Number({ minimum: 0, description: "If given, it must equal the total that the service computes." }),
    ),
    customerEmail: Type.Optional(Type.String({ maxLength: 254, pattern: "^[^@\\s]+@[^@\\s]+$" })),
  },
  { additionalProperties: false },
);
export type PlaceOrderBody = Type.Static<typeof PlaceOrderBody>;

const OrderLineView = Type.Object({
  productId: ProductId,
  name: Type.String(),
  qty: Quantity,
  unitPrice: Amount,
  lineTotal: Amount,
});

/** 201 of POST /orders, on a replay as on the first request. */
export const OrderAccepted = Type.Object({
  orderId: OrderId,
  status: words<"PENDING">("PENDING"),
  totalAmount: Amount,
  currency: Currency,
  items: Type.Array(OrderLineView),
  createdAt: Timestamp,
});
export type OrderAccepted = Type.Static<typeof OrderAccepted>;

/** 200 of GET /orders/{orderId}: the order as its tenant may see it. */
export const OrderView = Type.Object({
  orderId: OrderId,
  userId: Type.String(),
  customerEmail: Type.Optional(Type.String()),
  status,
  stage: words<OrderStage>("RECEIVED", "INVENTORY_RESERVED", "PAYMENT_PROCESSED", "CONFIRMED", "CANCELLING", "FAILED"),
  totalAmount: Amount,
  currency: Currency,
  items: Type.Array(OrderLineView),
  payment: Type.Optional(
    Type.Object({ status: words<PaymentStatus>("CAPTURED", "REFUNDED", "VOIDED"), amount: Amount }),
  ),
  failure: Type.Optional(
    Type.Object({
      step: Type.String(),
      code: words<FailureCode>("OUT_OF_STOCK", "PAYMENT_DECLINED", "TECHNICAL_FAULT"),
      reason: Type.String({ description: "A sentence for the customer." }),
    }),
  ),
  receiptKey: Type.Optional(
    Type.String({ description: "Where the receipt lies among the service's receipts; once the order is CONFIRMED." }),
  ),
  version: Type.Integer({ minimum: 1, description: "Grows with every change." }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type OrderView = Type.Static<typeof OrderView>;

/** 200 of GET /orders: a page, newest first. */
export const OrderList = Type.Object({
  orders: Type.Array(OrderView),
  nextCursor: Type.Optional(Type.String({ description: "Ask for the next page with it; absent on the last page." })),
});
export type OrderList = Type.Static<typeof OrderList>;

/** 200 of GET /products/{productId}. How many there are stays with the shop. */
export const ProductView = Type.Object({
  productId: ProductId,
  name: Type.String(),
  price: Amount,
  currency: Currency,
  category: Type.Optional(Type.String()),
  inStock: Type.Boolean({ description: "Whether at least one could be sold a moment ago." }),
});
export type ProductView = Type.Static<typeof ProductView>;

/** 200 of GET /products: a page. */
export const ProductList = Type.Object({
  products: Type.Array(ProductView),
  nextCursor: Type.Optional(Type.String({ description: "Ask for the next page with it; absent on the last page." })),
});
export type ProductList = Type.Static<typeof ProductList>;

/** 200 of GET /rate-limit: how many orders the tenant may place now. */
export const RateLimitView = Type.Object({
  limit: Type.Integer({ minimum: 1, description: "Orders that may come at once." }),
  remaining: Type.Integer({ minimum: 0, description: "Orders that may come at once now." }),
  resetSeconds: Type.Integer({ minimum: 0, description: "Seconds until all of the limit is there again." }),
});
export type RateLimitView = Type.Static<typeof RateLimitView>;

/** 200 of GET /health. */
export const HealthView = Type.Object({ status: words<"ok">("ok") });

/** Every answer that says no (RFC 9457). */
export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }))),
  correlationId: Type.String(),
});

/** What the order queue carries: the detail of OrderCreated, of which this much is needed to place the order. */
export const OrderToPlaceBody = Type.Object({
  orderId: OrderId,
  tenantId: Type.String({ minLength: 1 }),
  correlationId: Type.String({ minLength: 1 }),
  items: Type.Array(Type.Object({ productId: ProductId, qty: Quantity }), { minItems: 1, maxItems: MAX_LINES }),
  amountMinor: Type.Integer({ minimum: 0 }),
  currency: Currency,
});

/** An `enum` of strings, because draft 4 does not know `const`. For answers only: TypeBox does not check it. */
function words<Word extends string>(...values: Word[]): Type.TUnsafe<Word> {
  return Type.Unsafe<Word>({ type: "string", enum: values });
}
