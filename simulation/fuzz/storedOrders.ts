import { isDeepStrictEqual } from "node:util";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { OrderRecord } from "../../contracts/orderRecord";
import type { OrderLine } from "../../contracts/order";
import type { PlaceOrderBody } from "../../contracts/schemas";

/** Everything that an order may have in its table. What is not here came in by a hole. */
const FIELDS: Readonly<Record<keyof OrderRecord, true>> = {
  ...{ orderId: true, tenantId: true, userId: true, customerEmail: true, items: true, amountMinor: true },
  ...{ currency: true, status: true, stage: true, reserved: true, payment: true, receiptKey: true, failure: true },
  ...{ version: true, createdAt: true, updatedAt: true, correlationId: true, bodyHash: true },
  ...{ userKey: true, statusKey: true },
};

const LINE_FIELDS: Readonly<Record<keyof OrderLine, true>> = {
  productId: true,
  name: true,
  qty: true,
  unitPriceMinor: true,
};

/** An order as it stands in its table. */
export type Stored = Readonly<Record<string, unknown>>;

/** Reads the whole orders table. */
export async function readOrders(client: DynamoDBClient, ordersTable: string): Promise<ReadonlyMap<string, Stored>> {
  const stored = new Map<string, Stored>();
  const pages = paginateScan(
    { client: DynamoDBDocumentClient.from(client) },
    { TableName: ordersTable, ConsistentRead: true },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) stored.set(String(item["orderId"]), item);
  }
  return stored;
}

/**
 * What the table holds that nobody was told of, or lacks, or holds otherwise than it was sent.
 *
 * @param accepted the body that was sent, by the id that a 201 named
 * @param before ids of the orders that were there already
 */
export function storedMistakes(
  stored: ReadonlyMap<string, Stored>,
  accepted: ReadonlyMap<string, string>,
  before: ReadonlySet<string>,
): string[] {
  const unasked = [...stored.keys()].filter((id) => !accepted.has(id) && !before.has(id));
  return [
    ...unasked.map(
      (id) => `order ${id} is stored, and no 201 named it: ${JSON.stringify(stored.get(id)).slice(0, 300)}`,
    ),
    ...[...accepted].flatMap(([id, body]) => orderMistakes(id, stored.get(id), body)),
  ];
}

function orderMistakes(id: string, order: Stored | undefined, text: string): string[] {
  if (order === undefined) return [`order ${id} has its 201 and is not stored`];
  const body = JSON.parse(text) as PlaceOrderBody;
  const lines = order["items"] as Stored[];
  const strange = [...Object.keys(order).filter((name) => !Object.hasOwn(FIELDS, name)), ...lines.flatMap(strangeIn)];
  const kept = { userId: order["userId"], customerEmail: order["customerEmail"], items: lines.map(wanted) };
  const sent = { userId: body.userId, customerEmail: body.customerEmail, items: body.items.map(wanted) };
  return [
    ...(strange.length === 0 ? [] : [`order ${id} is stored with ${strange.join(", ")}`]),
    ...(isDeepStrictEqual(kept, sent)
      ? []
      : [`order ${id} is stored as ${JSON.stringify(kept).slice(0, 300)}, and was another`]),
  ];
}

function strangeIn(line: Stored): string[] {
  return Object.keys(line).filter((name) => !Object.hasOwn(LINE_FIELDS, name));
}

function wanted({ productId, qty }: Readonly<Record<string, unknown>> | PlaceOrderBody["items"][number]): object {
  return { productId, qty };
}
