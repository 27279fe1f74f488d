import { setTimeout as wait } from "node:timers/promises";
import {
  BatchGetCommand,
  paginateQuery,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import { orderToPlace } from "../../contracts/events";
import type { Order } from "../../contracts/order";
import { statusKey } from "../../contracts/orderRecord";
import { readOrderRecord } from "../../contracts/orderShape";
import type { PendingOrder, PendingOrders } from "../reconcileOrders";
import { log } from "../telemetry";
import { dynamoDb } from "./dynamoDb";

type Requests = NonNullable<BatchGetCommandInput["RequestItems"]>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_KEYS = 100;
const TRIES = 5;
const FIRST_PAUSE_MS = 25;

/**
 * The orders that are not final, through the table's index by status. The index is eventually consistent and holds
 * keys only, so the orders themselves are read from the table, consistently, before anything is made of them.
 */
export function pendingOrders(ordersTable: string, database: DynamoDBDocumentClient = dynamoDb()): PendingOrders {
  const read = async (orderIds: readonly string[]): Promise<Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    const Keys = orderIds.map((orderId) => ({ orderId }));
    let requests: Requests = { [ordersTable]: { Keys, ConsistentRead: true } };
    for (let tried = 1; Object.keys(requests).length > 0; tried++) {
      if (tried > TRIES) throw new Error("The orders table did not answer for all orders.");
      if (tried > 1) await wait(Math.random() * FIRST_PAUSE_MS * 2 ** tried);
      const answer: BatchGetCommandOutput = await database.send(new BatchGetCommand({ RequestItems: requests }));
      items.push(...(answer.Responses?.[ordersTable] ?? []));
      requests = answer.UnprocessedKeys ?? {};
    }
    return items;
  };

  return {
    async *createdUpTo(tenantId, at) {
      const pages = paginateQuery(
        { client: database },
        {
          TableName: ordersTable,
          IndexName: "status-createdAt-index",
          KeyConditionExpression: "#statusKey = :pending AND #createdAt <= :at",
          ProjectionExpression: "#orderId, #createdAt",
          ExpressionAttributeNames: { "#statusKey": "statusKey", "#createdAt": "createdAt", "#orderId": "orderId" },
          ExpressionAttributeValues: { ":pending": statusKey(tenantId, "PENDING"), ":at": at.toISOString() },
        },
      );
      for await (const { Items = [] } of pages) yield* Items as PendingOrder[];
    },

    async stillPending(orderIds) {
      const batches = Array.from({ length: Math.ceil(orderIds.length / MOST_KEYS) }, (_, at) =>
        orderIds.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS),
      );
      const byId = new Map<unknown, Readonly<Record<string, unknown>>>();
      for (const batch of batches) for (const item of await read(batch)) byId.set(item["orderId"], item);
      // The table answers in no order; those who wait longest go first.
      const found = orderIds.map((orderId) => byId.get(orderId)).filter((item) => item !== undefined);
      return found
        .flatMap((item) => understood(item))
        .filter(({ status }) => status === "PENDING")
        .map(orderToPlace);
    },
  };
}

/** One item that is no order must not keep all others from being queued again. */
function understood(item: Readonly<Record<string, unknown>>): Order[] {
  try {
    return [readOrderRecord(item)];
  } catch (error) {
    log("error", "An item of the orders table cannot be understood.", { error });
    return [];
  }
}
