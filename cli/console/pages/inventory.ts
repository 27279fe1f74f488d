import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { InventoryItem } from "../../../console/pages";
import { toDecimal } from "../../../contracts/money";
import type { Product } from "../../../contracts/seedCatalogue";
import { productOfShard, shardKey, spread } from "../../../contracts/stockShards";
import { awsConnection } from "../../awsConnection";
import type { StackOutputs } from "../../stackOutputs";
import { Refusal } from "../http/exchange";

const MOST_UNITS = 100_000;

/** The shelf, as an operator sees and fills it. */
export class Inventory {
  private readonly client: DynamoDBClient;
  private readonly table: DynamoDBDocumentClient;

  constructor(
    private readonly outputs: StackOutputs,
    private readonly currency: string,
  ) {
    this.client = new DynamoDBClient(awsConnection(outputs));
    this.table = DynamoDBDocumentClient.from(this.client);
  }

  /** What is sold, with its stock over all shards, which are read one after the other. */
  async list(): Promise<InventoryItem[]> {
    const items: Product[] = [];
    const query = { TableName: this.outputs.inventoryTable, ConsistentRead: true };
    for await (const page of paginateScan({ client: this.table }, query))
      items.push(...((page.Items ?? []) as Product[]));
    const units = new Map<string, number>();
    for (const { productId, stock } of items) {
      const product = productOfShard(productId);
      units.set(product, (units.get(product) ?? 0) + stock);
    }
    return (
      items
        // What has no price is another shard, or was given back after its product had been removed.
        .filter(({ productId, priceMinor }) => productOfShard(productId) === productId && Number.isInteger(priceMinor))
        .map(({ productId, name, priceMinor, category }) => ({
          ...{ productId, name, category, stock: units.get(productId) ?? 0 },
          price: toDecimal(priceMinor, this.currency),
        }))
        .sort((a, b) => (a.productId < b.productId ? -1 : 1))
    );
  }

  /**
   * Puts units on the shelf, over the product's shards, and answers how many are there now. Throws a refusal for a
   * product that is not there, or a number that makes no sense.
   */
  async restock(productId: string, units: unknown): Promise<number> {
    if (!(typeof units === "number" && Number.isInteger(units) && units >= 1 && units <= MOST_UNITS)) {
      throw new Refusal(400, `Restock with from 1 to ${MOST_UNITS} units.`);
    }
    // The client gives the transaction a token, so that it counts once when its answer is lost and it is sent again.
    const shares = spread(units, this.outputs.stockShards ?? 1);
    const command = new TransactWriteCommand({
      TransactItems: shares.map((share, shard) => ({ Update: this.adding(productId, shard, share) })),
    });
    await this.table.send(command).catch((error: Error) => {
      const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
      if (reasons.some(({ Code }) => Code === "ConditionalCheckFailed"))
        throw new Refusal(404, `There is no product ${productId}.`);
      throw error;
    });
    return (await this.list()).find((item) => item.productId === productId)?.stock ?? units;
  }

  private adding(productId: string, shard: number, units: number) {
    return {
      TableName: this.outputs.inventoryTable,
      Key: { productId: shardKey(productId, shard) },
      UpdateExpression: "ADD #stock :units",
      // Only the product's own item says that it is sold; another shard may be new.
      ...(shard === 0 && { ConditionExpression: "attribute_exists(#stock)" }),
      ExpressionAttributeNames: { "#stock": "stock" },
      ExpressionAttributeValues: { ":units": units },
    };
  }

  close(): void {
    this.client.destroy();
  }
}
