import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../contracts/order";
import type { ReceiptDocument } from "../contracts/receipt";
import type { RecordedEvent } from "../contracts/trail";
import { productOfShard, shardKey, spread } from "../contracts/stockShards";
import { readReceipts } from "./receipts";
import type { Target } from "./target";

/** An order in the payment gateway's own books. */
export interface Payment {
  readonly orderId: string;
  readonly status: string;
  readonly amountMinor?: number;
  readonly captures?: number;
  readonly refunds?: number;
}

/** What is left of a product. */
export interface StockLevel {
  readonly productId: string;
  /** Over all of its shards. */
  readonly stock: number;
  /** Units in each shard, where there is more than one. They were read one after the other. */
  readonly shards?: readonly number[];
}

/** A row of the audit trail. */
export type Recorded = Pick<RecordedEvent, "orderId" | "eventId" | "type">;

/** What the tables and the bucket of receipts say, read consistently. */
export interface Books {
  readonly orders: readonly Order[];
  readonly stock: readonly StockLevel[];
  readonly payments: readonly Payment[];
  /** The rows of the audit trail. */
  readonly recorded: readonly Recorded[];
  /** By key. */
  readonly receipts: ReadonlyMap<string, ReceiptDocument>;
}

/** Reads the tables and the bucket, and sets the stage before a run. */
export class BookReader {
  private readonly client: DynamoDBClient;
  private readonly tables: DynamoDBDocumentClient;
  private readonly objects: S3Client;

  constructor(private readonly target: Pick<Target, "aws" | "tables" | "receiptsBucket">) {
    this.client = new DynamoDBClient(target.aws);
    this.tables = DynamoDBDocumentClient.from(this.client);
    this.objects = new S3Client({ ...target.aws, forcePathStyle: true });
  }

  async read(): Promise<Books> {
    const receipts = readReceipts(this.objects, this.target.receiptsBucket);
    const tables = [this.orders(), this.stock(), this.payments(), this.recorded()] as const;
    const [orders, stock, payments, recorded] = await Promise.all(tables);
    return { orders, stock, payments, recorded, receipts: await receipts };
  }

  orders(): Promise<Order[]> {
    return this.scan<Order>(this.target.tables.orders);
  }

  /** The orders that are not final. */
  pending(): Promise<Order[]> {
    return this.scan<Order>(this.target.tables.orders, {
      FilterExpression: "#status = :pending",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":pending": "PENDING" },
    });
  }

  async stock(): Promise<StockLevel[]> {
    const items = await this.scan<StockLevel>(this.target.tables.inventory);
    const products = new Map<string, number[]>();
    for (const { productId, stock } of items) {
      const product = productOfShard(productId);
      products.set(product, [...(products.get(product) ?? []), stock]);
    }
    return [...products].map(([productId, shards]) => {
      const stock = shards.reduce((sum, units) => sum + units, 0);
      return { productId, stock, ...(shards.length > 1 && { shards }) };
    });
  }

  payments(): Promise<Payment[]> {
    return this.scan<Payment>(this.target.tables.payments);
  }

  recorded(): Promise<Recorded[]> {
    return this.scan<Recorded>(this.target.tables.orderEvents);
  }

  /** Sets the units of products, by product; in as many shards as each has. */
  async setStock(levels: Readonly<Record<string, number>>): Promise<void> {
    const shards = new Map((await this.stock()).map((level) => [level.productId, level.shards?.length ?? 1]));
    const items = Object.entries(levels).flatMap(([product, units]) =>
      spread(units, shards.get(product) ?? 1).map((stock, shard) => [shardKey(product, shard), stock] as const),
    );
    for (const [productId, stock] of items) {
      await this.tables.send(
        new UpdateCommand({
          TableName: this.target.tables.inventory,
          Key: { productId },
          UpdateExpression: "SET #stock = :stock",
          ConditionExpression: "attribute_exists(#stock)",
          ExpressionAttributeNames: { "#stock": "stock" },
          ExpressionAttributeValues: { ":stock": stock },
        }),
      );
    }
  }

  close(): void {
    this.client.destroy();
    this.objects.destroy();
  }

  private async scan<Item>(TableName: string, filter: object = {}): Promise<Item[]> {
    const items: Item[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await this.tables.send(
        new ScanCommand({
          TableName,
          ConsistentRead: true,
          ...filter,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...((page.Items ?? []) as Item[]));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return items;
  }
}
