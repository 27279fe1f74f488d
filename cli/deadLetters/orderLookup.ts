import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { orderOf, type OrderRecord } from "../../contracts/orderRecord";

const MOST_KEYS = 100;

/** Orders as their table has them, by id. */
export class OrderLookup {
  private readonly database: DynamoDBDocumentClient;

  constructor(
    client: DynamoDBClient,
    private readonly ordersTable: string,
  ) {
    this.database = DynamoDBDocumentClient.from(client);
  }

  /** Ids that the table does not know are absent. */
  async find(orderIds: readonly string[]): Promise<ReadonlyMap<string, Order>> {
    const ids = [...new Set(orderIds)];
    const orders = new Map<string, Order>();
    for (let at = 0; at < ids.length; at += MOST_KEYS) {
      for (const order of await this.read(ids.slice(at, at + MOST_KEYS))) orders.set(order.orderId, order);
    }
    return orders;
  }

  private async read(ids: readonly string[]): Promise<Order[]> {
    const orders: Order[] = [];
    const Keys = ids.map((orderId) => ({ orderId }));
    let requests: BatchGetCommandInput["RequestItems"] = { [this.ordersTable]: { Keys, ConsistentRead: true } };
    while (requests !== undefined && Object.keys(requests).length > 0) {
      const answer: BatchGetCommandOutput = await this.database.send(new BatchGetCommand({ RequestItems: requests }));
      orders.push(...((answer.Responses?.[this.ordersTable] ?? []) as OrderRecord[]).map(orderOf));
      requests = answer.UnprocessedKeys;
    }
    return orders;
  }
}
