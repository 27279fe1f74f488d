import type { AttributeValue } from "aws-lambda";
import type { Order } from "../../contracts/order";
import { readOrderRecord } from "../../contracts/orderShape";

/** An item as a stream shows it, in DynamoDB's own notation (`{ "orderId": { "S": "…" } }`). */
export type Image = Readonly<Record<string, AttributeValue>>;

/** The order in an image of the table's stream. Throws when the image holds no order. */
export function orderInImage(image: Image): Order {
  return readOrderRecord(plainMap(image));
}

function plainMap(image: Image): Record<string, unknown> {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));
}

/**
 * The value in a typed attribute. Binary values and sets occur in no order, so they make a poor order and are refused
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_AttributeValue.html).
 */
function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.M !== undefined) return plainMap(value.M);
  if (value.L !== undefined) return value.L.map(plain);
  throw new Error(`An order has no attribute of type ${Object.keys(value).join(", ")}.`);
}
