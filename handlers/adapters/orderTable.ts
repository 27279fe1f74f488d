import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, TransactWriteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Order } from "../../contracts/order";
import { orderOf, orderRecord, type OrderRecord } from "../../contracts/orderRecord";
import type { Orders } from "../createOrder";
import { repeatedOf, type RepeatWindow } from "../repeatWindow";
import { dynamoDb } from "./dynamoDb";
import { retryContention, type ContentionSettings } from "./contention";

/** Orders as the API writes and reads them: new ones, and one by its id. */
export function orderTable(
  ordersTable: string,
  database: DynamoDBDocumentClient = dynamoDb(),
  contention: ContentionSettings = {},
): Orders {
  const putOf = (order: Order) => ({
    TableName: ordersTable,
    Item: orderRecord(order),
    ConditionExpression: "attribute_not_exists(#orderId)",
    ExpressionAttributeNames: { "#orderId": "orderId" },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  });

  /** A neighbour may be there, but not within the window. */
  const checkOf = (orderId: string, { after, before }: RepeatWindow) => ({
    TableName: ordersTable,
    Key: { orderId },
    ConditionExpression: "attribute_not_exists(#orderId) OR #createdAt <= :after OR #createdAt >= :before",
    ExpressionAttributeNames: { "#orderId": "orderId", "#createdAt": "createdAt" },
    ExpressionAttributeValues: { ":after": after, ":before": before },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  });

  const put = (order: Order) => database.send(new PutCommand(putOf(order)));

  const putInto = (window: RepeatWindow, order: Order) => {
    const checks = window.neighbourIds.map((orderId) => ({ ConditionCheck: checkOf(orderId, window) }));
    return database.send(new TransactWriteCommand({ TransactItems: [{ Put: putOf(order) }, ...checks] }));
  };

  return {
    async create(order, window) {
      let resent = false;
      // A repeated request may meet its order in the middle of a transaction of the saga.
      return retryContention(async () => {
        try {
          await (window === undefined ? put(order) : putInto(window, order));
          return undefined;
        } catch (error) {
          resent ||= wasResent(error);
          const existing = repeatedOf(ordersInTheWay(error), order.createdAt);
          if (existing === undefined) throw error;
          return resent && isSame(existing, order) ? undefined : existing;
        }
      }, contention);
    },

    async find(orderId) {
      const get = new GetCommand({ TableName: ordersTable, Key: { orderId }, ConsistentRead: true });
      const { Item } = await database.send(get);
      return Item && orderOf(Item as OrderRecord);
    },
  };
}

/**
 * The orders for which a write was refused. One failed condition decides, whatever else the reasons of a cancelled
 * transaction say: that order is there, and stays.
 */
function ordersInTheWay(error: unknown): Order[] {
  const reasons =
    error instanceof ConditionalCheckFailedException
      ? [error]
      : error instanceof TransactionCanceledException
        ? (error.CancellationReasons ?? []).filter(({ Code }) => Code === "ConditionalCheckFailed")
        : [];
  return reasons.flatMap(({ Item }) => (Item === undefined ? [] : [orderOf(unmarshall(Item) as OrderRecord)]));
}

/** Whether the SDK had sent the request before: when an answer is lost, the next attempt meets the order of the first. */
function wasResent(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { attempts?: number } };
  return ($metadata?.attempts ?? 1) > 1;
}

/** Whether two orders were written by one request. */
function isSame(one: Order, other: Order): boolean {
  const sameRequest = one.correlationId === other.correlationId && one.createdAt === other.createdAt;
  return sameRequest && one.orderId === other.orderId && one.bodyHash === other.bodyHash;
}
