import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { orderOf, orderRecord, type OrderRecord } from "../contracts/orderRecord";
import type { Order } from "../contracts/order";
import type { Subject } from "./subject";

/**
 * The DynamoDB calls that accepting an order makes, and nothing else: take from the tenant's limit, look up the
 * products, write the order. The orders are real, so that the same work follows them as follows a POST.
 */
export class RawAccept {
  private readonly client: DynamoDBClient;
  private readonly database: DynamoDBDocumentClient;
  private taken = 0;

  private constructor(
    private readonly tables: Subject["tables"],
    aws: Subject["aws"],
    private readonly pattern: Order,
  ) {
    this.client = new DynamoDBClient(aws);
    this.database = DynamoDBDocumentClient.from(this.client);
  }

  /** @param orderId an order that was accepted, as the pattern of those that will be written */
  static async after(orderId: string, { tables, aws }: Subject): Promise<RawAccept> {
    const client = new DynamoDBClient(aws);
    const get = new GetCommand({ TableName: tables.orders, Key: { orderId }, ConsistentRead: true });
    const { Item } = await DynamoDBDocumentClient.from(client).send(get);
    client.destroy();
    if (Item === undefined) throw new Error(`Order ${orderId} is not in the table.`);
    return new RawAccept(tables, aws, asReceived(orderOf(Item as OrderRecord)));
  }

  /** Answers the new order's id. */
  async accept(): Promise<string> {
    const { tables, database } = this;
    await database.send(
      new UpdateCommand({
        TableName: tables.rateLimits,
        Key: { tenantId: "bench" },
        UpdateExpression: "SET #arrival = :next",
        ConditionExpression: "attribute_not_exists(#arrival) OR #arrival < :most",
        ExpressionAttributeNames: { "#arrival": "arrivalAt1000PerSecond" },
        ExpressionAttributeValues: { ":next": ++this.taken, ":most": Number.MAX_SAFE_INTEGER },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    const Keys = this.pattern.items.map(({ productId }) => ({ productId }));
    await database.send(new BatchGetCommand({ RequestItems: { [tables.inventory]: { Keys } } }));
    const at = new Date().toISOString();
    const order = { ...this.pattern, orderId: randomUUID(), correlationId: randomUUID(), createdAt: at, updatedAt: at };
    await database.send(
      new PutCommand({
        TableName: tables.orders,
        Item: orderRecord(order),
        ConditionExpression: "attribute_not_exists(#orderId)",
        ExpressionAttributeNames: { "#orderId": "orderId" },
      }),
    );
    return order.orderId;
  }

  async close(): Promise<void> {
    // Calls that are under way end with an error when their connection goes.
    await wait(100);
    this.client.destroy();
  }
}

function asReceived({ payment: _payment, receiptKey: _receiptKey, failure: _failure, ...order }: Order): Order {
  return { ...order, status: "PENDING", stage: "RECEIVED", reserved: false, version: 1 };
}
