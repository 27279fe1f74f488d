import * as Type from "@sinclair/typebox";
import { Check } from "@sinclair/typebox/value";
import type { Order } from "./order";
import { orderOf, type OrderRecord } from "./orderRecord";

const Text = Type.String({ minLength: 1 });
const Whole = Type.Integer({ minimum: 0 });

/** The shape that a stored order must have to be understood; attributes of later versions may stand beside. */
export const OrderShape = Type.Object({
  orderId: Text,
  tenantId: Text,
  userId: Text,
  customerEmail: Type.Optional(Text),
  items: Type.Array(
    Type.Object({ productId: Text, name: Text, qty: Type.Integer({ minimum: 1 }), unitPriceMinor: Whole }),
  ),
  amountMinor: Whole,
  currency: Text,
  status: oneOf("PENDING", "CONFIRMED", "FAILED"),
  stage: oneOf("RECEIVED", "INVENTORY_RESERVED", "PAYMENT_PROCESSED", "CONFIRMED", "CANCELLING", "FAILED"),
  reserved: Type.Boolean(),
  payment: Type.Optional(
    Type.Object({
      status: oneOf("CAPTURED", "REFUNDED", "VOIDED"),
      transactionId: Type.Optional(Text),
      amountMinor: Whole,
    }),
  ),
  receiptKey: Type.Optional(Text),
  failure: Type.Optional(
    Type.Object({ step: Text, code: oneOf("OUT_OF_STOCK", "PAYMENT_DECLINED", "TECHNICAL_FAULT"), reason: Text }),
  ),
  version: Type.Integer({ minimum: 1 }),
  createdAt: Text,
  updatedAt: Text,
  correlationId: Text,
  bodyHash: Text,
});

/** Reads a stored order that came from outside the table (a stream's image). Throws an error that says it is none. */
export function readOrderRecord(item: Readonly<Record<string, unknown>>): Order {
  if (!Check(OrderShape, item)) throw new Error(`The item ${String(item["orderId"])} is not an order.`);
  return orderOf(item as unknown as OrderRecord);
}

function oneOf<const Words extends string[]>(...words: Words): Type.TUnion<Type.TLiteral<Words[number]>[]> {
  return Type.Union(words.map((word) => Type.Literal(word)));
}
