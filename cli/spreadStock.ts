import { setTimeout as wait } from "node:timers/promises";
import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { productOfShard, shardKey, spread } from "../contracts/stockShards";
import { awsConnection } from "./awsConnection";
import type { StackOutputs } from "./stackOutputs";

type Inventory = Pick<StackOutputs, "stateMachineArn" | "awsEndpoint" | "inventoryTable">;

/** How often a product is tried whose stock moves while it is being spread. */
const TRIES = 10;

/**
 * Spreads the stock of every product over so many shards, from wherever it lies. Orders may go on meanwhile: each
 * product is moved in one transaction that takes no more than is there, so its sum stays. Answers how many products were
 * moved; throws when one is too busy.
 */
export async function spreadStock(outputs: Inventory, shards: number): Promise<number> {
  const client = new DynamoDBClient(awsConnection(outputs));
  const database = DynamoDBDocumentClient.from(client);
  try {
    let left = movesOf(await levels(database, outputs.inventoryTable), shards);
    const moved = left.length;
    for (let tried = 1; left.length > 0; tried++) {
      if (tried > TRIES) {
        throw new Error(
          `${left.map(({ productId }) => productId).join(", ")}: too busy to be spread; try again later.`,
        );
      }
      if (tried > 1) await wait(Math.random() * 100 * tried);
      for (const move of left) await make(database, outputs.inventoryTable, move);
      left = movesOf(await levels(database, outputs.inventoryTable), shards, left);
    }
    return moved;
  } finally {
    client.destroy();
  }
}

/** Units that go to a shard, or away from it, by its key. */
export interface Move {
  readonly productId: string;
  readonly changes: ReadonlyMap<string, number>;
}

/** What must move so that every product lies evenly in its first shards; of `among` alone, when given. */
export function movesOf(stock: ReadonlyMap<string, number>, shards: number, among?: readonly Move[]): Move[] {
  const products = [...new Set([...stock.keys()].map(productOfShard))];
  return products.flatMap((productId) => {
    if (among !== undefined && !among.some((move) => move.productId === productId)) return [];
    const items = [...stock].filter(([key]) => productOfShard(key) === productId);
    const total = items.reduce((sum, [, units]) => sum + units, 0);
    const wanted = new Map(spread(total, shards).map((units, shard) => [shardKey(productId, shard), units]));
    const keys = new Set([...wanted.keys(), ...items.map(([key]) => key)]);
    const changes = [...keys].flatMap((key) => {
      const change = (wanted.get(key) ?? 0) - (stock.get(key) ?? 0);
      return change === 0 ? [] : [[key, change] as const];
    });
    return changes.length === 0 ? [] : [{ productId, changes: new Map(changes) }];
  });
}

async function levels(database: DynamoDBDocumentClient, TableName: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const { Items = [] } of paginateScan({ client: database }, { TableName, ConsistentRead: true })) {
    for (const { productId, stock } of Items) if (typeof stock === "number") found.set(String(productId), stock);
  }
  return found;
}

/** Leaves everything as it is when somebody has taken, meanwhile, what was to go. */
async function make(database: DynamoDBDocumentClient, TableName: string, { changes }: Move): Promise<void> {
  const updates = [...changes].map(([productId, change]) => ({
    Update: {
      ...{ TableName, Key: { productId }, ExpressionAttributeNames: { "#stock": "stock" } },
      ...(change > 0
        ? {
            UpdateExpression: "SET #stock = if_not_exists(#stock, :none) + :units",
            ExpressionAttributeValues: { ":units": change, ":none": 0 },
          }
        : {
            UpdateExpression: "SET #stock = #stock - :units",
            ConditionExpression: "#stock >= :units",
            ExpressionAttributeValues: { ":units": -change },
          }),
    },
  }));
  try {
    await database.send(new TransactWriteCommand({ TransactItems: updates }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
  }
}
