import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
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
  const add = (puts: readonly ConditionalPut[]): Promise<boolean> =>
    table.send(new TransactWriteCommand({ TransactItems: [...puts] })).then(() => true, keptAsItIs);
  const byProduct = SEED_CATALOGUE.map((product) => putsOf(product, outputs));
  try {
    // An empty inventory takes them all at once.
    const all = byProduct.flat();
    if (all.length <= ITEMS_OF_A_TRANSACTION && (await add(all))) return { added: byProduct.length, kept: 0 };
    const count = (await Promise.all(byProduct.map(add))).filter(Boolean).length;
    return { added: count, kept: byProduct.length - count };
  } finally {
    client.destroy();
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const ITEMS_OF_A_TRANSACTION = 100;

type ConditionalPut = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

function putsOf(
  product: (typeof SEED_CATALOGUE)[number],
  { inventoryTable, stockShards = 1 }: Pick<StackOutputs, "inventoryTable" | "stockShards">,
): readonly ConditionalPut[] {
  return spread(product.stock, stockShards).map((stock, shard) => ({
    Put: {
      TableName: inventoryTable,
      Item: shard === 0 ? { ...product, stock } : { productId: shardKey(product.productId, shard), stock },
      ConditionExpression: "attribute_not_exists(#productId)",
      ExpressionAttributeNames: { "#productId": "productId" },
    },
  }));
}

function keptAsItIs(error: unknown): false {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  if (reasons.some(({ Code }) => Code === "ConditionalCheckFailed")) return false;
  throw error;
}
