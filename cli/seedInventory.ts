import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { SEED_CATALOGUE } from "../contracts/seedCatalogue";
import { awsConnection } from "./awsConnection";
import type { StackOutputs } from "./stackOutputs";

export interface SeedResult {
  readonly added: number;
  /** Products that were there already; their stock and price stay as they are. */
  readonly kept: number;
}

/** Puts the seed catalogue into a stack's inventory. Run again, it changes nothing. */
export async function seedInventory(
  outputs: Pick<StackOutputs, "stateMachineArn" | "awsEndpoint" | "inventoryTable">,
): Promise<SeedResult> {
  const client = new DynamoDBClient(awsConnection(outputs));
  const table = DynamoDBDocumentClient.from(client);
  try {
    const added = await Promise.all(
      SEED_CATALOGUE.map(async (product) => {
        const put = new PutCommand({
          TableName: outputs.inventoryTable,
          Item: product,
          ConditionExpression: "attribute_not_exists(#productId)",
          ExpressionAttributeNames: { "#productId": "productId" },
        });
        return table.send(put).then(() => true, keptAsItIs);
      }),
    );
    const count = added.filter(Boolean).length;
    return { added: count, kept: added.length - count };
  } finally {
    client.destroy();
  }
}

function keptAsItIs(error: unknown): false {
  if (error instanceof ConditionalCheckFailedException) return false;
  throw error;
}
