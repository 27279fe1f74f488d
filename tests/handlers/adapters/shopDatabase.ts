import { randomUUID } from "node:crypto";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../../contracts/order";
import { orderRecord, type OrderRecord } from "../../../contracts/orderRecord";
import { documents } from "../../../handlers/adapters/dynamoDb";
import type { DatabaseProcess } from "../../../local/dynamodb/databaseProcess";
import { openDatabase, shareDatabaseProcess } from "../../../local/dynamodb/sharedProcess";
import { anOrder } from "../../contracts/anOrder";

shareDatabaseProcess();
let database: Promise<DatabaseProcess> | undefined;

/** Tables of a shop in a real DynamoDB Local: one process for all tests, new tables for each caller. */
export class ShopDatabase {
  private constructor(
    readonly client: DynamoDBDocumentClient,
    private readonly shop: string,
  ) {}

  static async open(): Promise<ShopDatabase> {
    const { endpoint, accessKeyId } = await (database ??= openDatabase());
    const credentials = { accessKeyId, secretAccessKey: "test" };
    const client = new DynamoDBClient({ endpoint, region: "eu-west-1", credentials });
    const shop = new ShopDatabase(documents(client), randomUUID());
    const keys = { [shop.orders]: "orderId", [shop.inventory]: "productId", [shop.payments]: "orderId" };
    for (const [TableName, AttributeName] of Object.entries(keys)) {
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [{ AttributeName, KeyType: "HASH" }],
          ...(TableName === shop.orders ? indexed(AttributeName) : attributes(AttributeName)),
        }),
      );
    }
    return shop;
  }

  get orders(): string {
    return `orders-${this.shop}`;
  }

  get inventory(): string {
    return `inventory-${this.shop}`;
  }

  get payments(): string {
    return `payments-${this.shop}`;
  }

  /** Stores an order as it stands, and answers it. Its id is new unless given. */
  async addOrder(rest: Partial<Order> = {}): Promise<Order> {
    const order = anOrder({ orderId: randomUUID(), ...rest });
    await this.client.send(new PutCommand({ TableName: this.orders, Item: orderRecord(order) }));
    return order;
  }

  async addProduct(product: { productId: string; stock: number; name?: string; priceMinor?: number }): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.inventory, Item: product }));
  }

  async order(orderId: string): Promise<OrderRecord> {
    const item = await this.item(this.orders, { orderId });
    if (item === undefined) throw new Error(`No order ${orderId}`);
    return item as OrderRecord;
  }

  async stock(productId: string): Promise<number> {
    return (await this.item(this.inventory, { productId }))?.["stock"] as number;
  }

  async payment(orderId: string): Promise<any> {
    return this.item(this.payments, { orderId });
  }

  private async item(TableName: string, Key: Record<string, string>) {
    return (await this.client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  }
}

function attributes(...names: string[]) {
  return { AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })) };
}

/** The indexes of the orders table, as components/orderStore.ts declares them. */
function indexed(key: string) {
  const index = (IndexName: string, partitionKey: string) => ({
    IndexName,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: "HASH" as const },
      { AttributeName: "createdAt", KeyType: "RANGE" as const },
    ],
    Projection: { ProjectionType: "KEYS_ONLY" as const },
  });
  return {
    ...attributes(key, "userKey", "statusKey", "createdAt"),
    GlobalSecondaryIndexes: [index("userId-createdAt-index", "userKey"), index("status-createdAt-index", "statusKey")],
  };
}
