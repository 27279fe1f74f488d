import { setTimeout as wait } from "node:timers/promises";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";

type Requests = NonNullable<BatchGetCommandInput["RequestItems"]>;

const TRIES = 5;
const FIRST_PAUSE_MS = 25;

/**
 * Reads up to 100 items of one table by their keys, consistently, in no order. A table that is asked too much leaves
 * keys out of its answer, and they are asked for again, with growing pauses and jitter:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 *
 * Throws an {@link UnansweredKeys} when the table has not answered for all of them within about a second.
 */
export async function batchRead(
  database: DynamoDBDocumentClient,
  table: string,
  keys: readonly Readonly<Record<string, string>>[],
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let requests: Requests = keys.length === 0 ? {} : { [table]: { Keys: [...keys], ConsistentRead: true } };
  for (let tried = 1; Object.keys(requests).length > 0; tried++) {
    if (tried > TRIES) throw new UnansweredKeys(table);
    if (tried > 1) await wait(Math.random() * FIRST_PAUSE_MS * 2 ** tried);
    const answer: BatchGetCommandOutput = await database.send(new BatchGetCommand({ RequestItems: requests }));
    items.push(...(answer.Responses?.[table] ?? []));
    requests = answer.UnprocessedKeys ?? {};
  }
  return items;
}

/** Says what DynamoDB says of a single request that it has no capacity for, and goes by the same name. */
export class UnansweredKeys extends Error {
  override readonly name = "ProvisionedThroughputExceededException";

  constructor(table: string) {
    super(`The table ${table} did not answer for all keys.`);
  }
}
