import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import { untilAnswered } from "./untilAnswered";

type Requests = NonNullable<BatchGetCommandInput["RequestItems"]>;

/**
 * Reads up to 100 items of one table by their keys, consistently, in no order.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 *
 * Throws an UnansweredKeys when the table has not answered for all of them within about a second.
 */
export async function batchRead(
  database: DynamoDBDocumentClient,
  table: string,
  keys: readonly Readonly<Record<string, string>>[],
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const requests: Requests = keys.length === 0 ? {} : { [table]: { Keys: [...keys], ConsistentRead: true } };
  await untilAnswered(table, requests, async (RequestItems) => {
    const answer: BatchGetCommandOutput = await database.send(new BatchGetCommand({ RequestItems }));
    items.push(...(answer.Responses?.[table] ?? []));
    return answer.UnprocessedKeys;
  });
  return items;
}
