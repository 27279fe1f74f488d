import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, paginateQuery, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { orderOf, type OrderRecord } from "../../contracts/orderRecord";
import { oldestFirst, type RecordedEvent } from "../../contracts/trail";
import { awsConnection } from "../awsConnection";
import { requiredOutput, type StackOutputs } from "../stackOutputs";
import type { Records } from "./comparison";

/** The orders and the audit trail of one pipeline, read consistently. */
export class RecordBooks {
  private readonly client: DynamoDBClient;
  private readonly database: DynamoDBDocumentClient;
  private readonly eventsTable: string;

  constructor(private readonly outputs: StackOutputs) {
    this.eventsTable = requiredOutput(outputs, "orderEventsTable");
    this.client = new DynamoDBClient(awsConnection(outputs));
    this.database = DynamoDBDocumentClient.from(this.client);
  }

  /** An order and its trail. The trail is read first, so it says nothing that the order does not know yet. */
  async of(orderId: string): Promise<Records> {
    const events = await this.eventsOf(orderId);
    const query = new GetCommand({ TableName: this.outputs.ordersTable, Key: { orderId }, ConsistentRead: true });
    const { Item } = await this.database.send(query);
    return { orderId, events, ...(Item && { order: orderOf(Item as OrderRecord) }) };
  }

  /** The ids of all orders, page by page. Reads the whole table: for operators, never behind a request. */
  async *orderIds(): AsyncGenerator<string[]> {
    const pages = paginateScan(
      { client: this.database },
      {
        TableName: this.outputs.ordersTable,
        ProjectionExpression: "#orderId",
        ExpressionAttributeNames: { "#orderId": "orderId" },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) yield (Items as Pick<Order, "orderId">[]).map(({ orderId }) => orderId);
  }

  close(): void {
    this.client.destroy();
  }

  private async eventsOf(orderId: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const pages = paginateQuery(
      { client: this.database },
      {
        TableName: this.eventsTable,
        KeyConditionExpression: "#orderId = :orderId",
        ExpressionAttributeNames: { "#orderId": "orderId" },
        ExpressionAttributeValues: { ":orderId": orderId },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) events.push(...(Items as RecordedEvent[]));
    return oldestFirst(events);
  }
}
