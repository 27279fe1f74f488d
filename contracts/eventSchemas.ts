import * as Type from "@sinclair/typebox";
import type { FailureCode } from "./order";

/*
 * The detail of each type of event: the types in events.ts and the schemas under docs/events/ are both made of this.
 * Fields are only ever added, so consumers pass over those that they do not know.
 */

const Timestamp = Type.String({ format: "date-time", description: "ISO 8601, UTC, with milliseconds." });
const Minor = Type.Integer({ minimum: 0, description: "In minor units of the currency." });
const Decimal = Type.Number({ minimum: 0, description: "A decimal in the currency." });
const Currency = Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217." });
const Quantity = Type.Integer({ minimum: 1, description: "Units." });
const Units = Type.Integer({ minimum: 1, description: "Number of units, over all lines." });
const ProductId = Type.String({ minLength: 1 });
const TransactionId = Type.String({ description: "The payment gateway's own id." });

const IN_EVERY_DETAIL = {
  eventId: Type.String({
    pattern: "^[^#]+#[1-9][0-9]*#[A-Za-z]+$",
    description: "orderId#version#type: the same however often the event is published, so that copies can be dropped.",
  }),
  orderId: Type.String({ minLength: 1 }),
  tenantId: Type.String({ minLength: 1 }),
  userId: Type.String({ minLength: 1, description: "As the tenant names its customer." }),
  occurredAt: Timestamp,
  correlationId: Type.String({ description: "That of the request that placed the order." }),
};

/** What every event's `detail` has. */
export const EventDetailSchema = Type.Object(IN_EVERY_DETAIL);

const taken = Type.Array(Type.Object({ productId: ProductId, qty: Quantity }), { minItems: 1 });

const failed = {
  step: Type.String({ description: "The task that said no or broke." }),
  failureCode: Type.Unsafe<FailureCode>({ enum: ["OUT_OF_STOCK", "PAYMENT_DECLINED", "TECHNICAL_FAULT"] }),
  failureReason: Type.String({ description: "A sentence for the customer." }),
};

const money = { amount: Decimal, currency: Currency };

/** The schema of the detail by type of event, in the order of the lifecycle: that in which one write tells several. */
export const EVENT_SCHEMAS = {
  OrderCreated: detail("An order was accepted: what is needed to place it, and the prices at which it was accepted.", {
    items: Type.Array(
      Type.Object({ productId: ProductId, name: Type.String(), qty: Quantity, unitPriceMinor: Minor }),
      { minItems: 1 },
    ),
    amountMinor: Minor,
    currency: Currency,
    totalAmount: Decimal,
    itemCount: Units,
  }),
  InventoryReserved: detail("Stock is held for the order.", { items: taken }),
  PaymentProcessed: detail("The customer's money is captured.", { transactionId: TransactionId, ...money }),
  OrderPlaced: detail("The good end: the order is CONFIRMED.", {
    totalAmount: Decimal,
    currency: Currency,
    itemCount: Units,
    timestamp: Timestamp,
    receiptKey: Type.Optional(Type.String({ description: "Where the receipt lies among the receipts." })),
  }),
  InventoryFailed: detail("There was not enough stock. Nothing was taken.", failed),
  PaymentFailed: detail("The payment was declined. Nothing was charged.", failed),
  PaymentRefunded: detail("What was captured went back.", {
    transactionId: Type.Optional(TransactionId),
    ...money,
  }),
  InventoryReleased: detail("What was held is for sale again.", { items: taken }),
  OrderFailed: detail("The bad end: the order is FAILED, and everything is undone.", failed),
} as const;

export type OrderEventType = keyof typeof EVENT_SCHEMAS;

function detail<Fields extends Type.TProperties>(
  description: string,
  fields: Fields,
): Type.TObject<typeof IN_EVERY_DETAIL & Fields> {
  return Type.Object({ ...IN_EVERY_DETAIL, ...fields }, { description });
}
