import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { SEED_CATALOGUE } from "../contracts/seedCatalogue";
import { shardKey, spread } from "../contracts/stockShards";
import { awsConnection } from "./awsConnection";
import type { StackOutputs } from "./stackOutputs";

export interface SeedResult {
  readonly added: number;
  /** Products that were there already; their stock and price stay as they are. */
  readonly kept: number;
}

/** Puts the seed catalogue into a stack's inventory, its stock over the stack's shards. Run again, it changes nothing. */
export async function seedInventory(
  outputs: Pick<StackOutputs, "stateMachineArn" | "awsEndpoint" | "inventoryTable" | "stockShards">,
): Promise<SeedResult> {
  const client = new DynamoDBClient(awsConnection(outputs));
  const table = DynamoDBDocumentClient.from(client);
  try {
    const added = await Promise.all(
      SEED_CATALOGUE.map(async (product) => {
        const items = spread(product.stock, outputs.stockShards ?? 1).map((stock, shard) =>
          shard === 0 ? { ...product, stock } : { productId: shardKey(product.productId, shard), stock },
        );
        const puts = items.map((Item) => ({
          Put: {
            ...{ TableName: outputs.inventoryTable, Item },
            ConditionExpression: "attribute_not_exists(#productId)",
            ExpressionAttributeNames: { "#productId": "productId" },
          },
        }));
        const command = new TransactWriteCommand({ TransactItems: puts });
        return table.send(command).then(() => true, keptAsItIs);
      }),
    );
    const count = added.filter(Boolean).length;
    return { added: count, kept: added.length - count };
  } finally {
    client.destroy();
  }
}

function keptAsItIs(error: unknown): false {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  if (reasons.some(({ Code }) => Code === "ConditionalCheckFailed")) return false;
  throw error;
}
