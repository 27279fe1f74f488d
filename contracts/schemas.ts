import * as Type from "@sinclair/typebox";
import type { FailureCode, OrderStage, OrderStatus, PaymentStatus } from "./order";

/*
 * The shapes of the API, once: the handlers check with them and the OpenAPI documents carry them.
 * API Gateway reads JSON Schema draft 4 and ignores some keywords
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html), so there is
 * no `const`, no `format` and no `exclusiveMinimum` here. What requests hold is checked by the handlers alone.
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

/**
 * Body of POST /orders: what the service takes over. Other fields, a price for one, are neither refused nor kept.
 * That a product appears once cannot be said here; the handler checks it.
 */
export const PlaceOrderBody = Type.Object({
  userId: Type.String({ minLength: 1, maxLength: 128 }),
  items: Type.Array(Type.Object({ productId: ProductId, qty: Quantity }), {
    minItems: 1,
    maxItems: MAX_LINES,
    description: "A product once.",
  }),
  totalAmount: Type.Optional(
    Type.Number({ minimum: 0, description: "If given, it must equal the total that the service computes." }),
  ),
  customerEmail: Type.Optional(Type.String({ maxLength: 254, pattern: "^[^@\\s]+@[^@\\s]+$" })),
});
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

/** 200 of GET /orders/{orderId}/events: everything that happened to the order, oldest first. */
export const OrderTrail = Type.Object({
  orderId: OrderId,
  events: Type.Array(
    Type.Object({
      eventId: Type.String({ description: "Stands for this event alone, on the bus as well." }),
      type: Type.String({ description: "OrderCreated, InventoryReserved, PaymentProcessed and so on; more may come." }),
      occurredAt: Timestamp,
      version: Type.Integer({ minimum: 1, description: "The order's version that it tells of." }),
      detail: Type.Object({}, { additionalProperties: true, description: "The event's own fields, as on the bus." }),
    }),
    { description: "Events are there moments after the order has changed." },
  ),
});
export type OrderTrail = Type.Static<typeof OrderTrail>;

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
  type: Type.String({ description: "The kind of problem: a URN, to be compared as it is." }),
  title: Type.String({ description: "The kind in words." }),
  status: Type.Optional(
    Type.Integer({ description: "That of the answer; absent where only the gateway knows it beforehand." }),
  ),
  detail: Type.String({ description: "A sentence about this very request." }),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        pointer: Type.String({
          description: "JSON Pointer (RFC 6901) into the body; of a query /query/ and the parameter's name.",
        }),
        detail: Type.String(),
      }),
      { description: "All that is wrong with the body or the query, as far as that can be said." },
    ),
  ),
  correlationId: Type.String({ description: "Names the request in the service's logs; quote it when you ask." }),
});

/**
 * What the order queue carries: the detail of OrderCreated, of which this much is needed to place the order. How long a
 * product's id may be was said at its acceptance, in characters; TypeBox would count halves of some.
 */
export const OrderToPlaceBody = Type.Object({
  orderId: OrderId,
  tenantId: Type.String({ minLength: 1 }),
  correlationId: Type.String({ minLength: 1 }),
  items: Type.Array(Type.Object({ productId: Type.String({ minLength: 1 }), qty: Quantity }), {
    minItems: 1,
    maxItems: MAX_LINES,
  }),
  amountMinor: Type.Integer({ minimum: 0 }),
  currency: Currency,
});

/** An `enum` of strings, because draft 4 does not know `const`. For answers only: TypeBox does not check it. */
function words<Word extends string>(...values: Word[]): Type.TUnsafe<Word> {
  return Type.Unsafe<Word>({ type: "string", enum: values });
}
