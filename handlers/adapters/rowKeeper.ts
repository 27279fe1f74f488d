import { BatchWriteCommand, type BatchWriteCommandInput, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { inOneTurn } from "./inOneTurn";
import { untilAnswered } from "./untilAnswered";

export interface RowKeeperOptions {
  readonly table: string;
  /** Names of the table's key attributes; texts. */
  readonly key: readonly string[];
  readonly database: DynamoDBDocumentClient;
}

type Row = Readonly<Record<string, unknown>>;
type Requests = NonNullable<BatchWriteCommandInput["RequestItems"]>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const MOST_ROWS = 25;

/**
 * Keeps rows as they are handed over, in the place of any that have their keys. Those of the same turn of the event loop go
 * in one request, and cost what they would cost one by one; of two with one key the later one is kept.
 */
export function rowKeeper({ table, key, database }: RowKeeperOptions): (row: Row) => Promise<void> {
  const idOf = (row: Row): string => JSON.stringify(key.map((name) => row[name]));

  const put = (rows: readonly Row[]): Promise<void> => {
    const requests: Requests = { [table]: rows.map((row) => ({ PutRequest: { Item: { ...row } } })) };
    return untilAnswered(table, requests, async (RequestItems) => {
      const { UnprocessedItems } = await database.send(new BatchWriteCommand({ RequestItems }));
      return UnprocessedItems;
    });
  };

  return inOneTurn((all) => {
    const ids = [...new Set(all.map(({ what }) => idOf(what)))];
    for (let at = 0; at < ids.length; at += MOST_ROWS) {
      const some = new Set(ids.slice(at, at + MOST_ROWS));
      const waiting = all.filter(({ what }) => some.has(idOf(what)));
      put([...new Map(waiting.map(({ what }) => [idOf(what), what])).values()]).then(
        () => waiting.forEach(({ settle }) => settle()),
        (error: Error) => waiting.forEach(({ fail }) => fail(error)),
      );
    }
  });
}
