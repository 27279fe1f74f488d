import { randomUUID } from "node:crypto";
import { DynamoDBClient, type AttributeValue, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { BatchWriteItemCommand, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { closedLoop } from "./loops";
import { unheard } from "./relay";
import type { Subject } from "./subject";

type Item = Record<string, AttributeValue>;

/** BatchWriteItem takes at most so many. */
const BATCH = 25;
const AT_ONCE = 8;

/** What an order that is at its end left behind: a row of each table, and of the audit trail several. */
interface Traces {
  readonly orderId: string;
  readonly rows: readonly { readonly table: string; readonly item: Item }[];
}

/**
 * Puts final orders into the tables, with their payments and their audit trail, faster than the pipeline would: copies of
 * real ones under ids of their own, at times of their own within the last week.
 */
export async function fill(subject: Subject, orders: number, patternIds: readonly string[]): Promise<void> {
  const client = new DynamoDBClient(subject.aws);
  try {
    const patterns = await Promise.all(patternIds.map((orderId) => tracesOf(client, subject, orderId)));
    await unheard(subject, () => write(client, orders, patterns));
  } finally {
    client.destroy();
  }
}

async function tracesOf(client: DynamoDBClient, { tables }: Subject, orderId: string): Promise<Traces> {
  const Key = { orderId: { S: orderId } };
  const rowOf = async (TableName: string) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    if (Item === undefined) throw new Error(`Order ${orderId} is not in ${TableName}.`);
    return { table: TableName, item: Item };
  };
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tables.orderEvents,
      KeyConditionExpression: "orderId = :orderId",
      ExpressionAttributeValues: { ":orderId": Key.orderId },
    }),
  );
  const events = Items.map((item) => ({ table: tables.orderEvents, item }));
  return { orderId, rows: [await rowOf(tables.orders), await rowOf(tables.payments), ...events] };
}

async function write(client: DynamoDBClient, orders: number, patterns: readonly Traces[]): Promise<void> {
  let made = 0;
  let left: WriteRow[] = [];
  const next = (): WriteRow[] => {
    while (left.length < BATCH && made < orders) left.push(...copyOf(patterns[made++ % patterns.length]));
    const batch = left.slice(0, BATCH);
    left = left.slice(BATCH);
    return batch;
  };
  const rows = orders * (patterns[0]?.rows.length ?? 0);
  await closedLoop({ atOnce: AT_ONCE, count: Math.ceil(rows / BATCH) + AT_ONCE }, async () => {
    const batch = next();
    if (batch.length > 0) await put(client, batch);
  });
  for (let batch = next(); batch.length > 0; batch = next()) await put(client, batch);
}

type WriteRow = Traces["rows"][number];

async function put(client: DynamoDBClient, rows: readonly WriteRow[]): Promise<void> {
  let requests: Record<string, WriteRequest[]> = {};
  for (const { table, item } of rows) (requests[table] ??= []).push({ PutRequest: { Item: item } });
  while (Object.keys(requests).length > 0) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: requests }));
    requests = UnprocessedItems;
  }
}

const WEEK_MS = 7 * 86_400_000;

/** The order's id stands in keys, event ids, receipt keys and details: it is replaced wherever it is. */
function copyOf(pattern: Traces | undefined): readonly WriteRow[] {
  if (pattern === undefined) return [];
  const text = JSON.stringify(pattern.rows).replaceAll(pattern.orderId, randomUUID());
  const at = new Date(Date.now() - Math.random() * WEEK_MS).toISOString();
  const rows = JSON.parse(text) as WriteRow[];
  return rows.map((row) => ("createdAt" in row.item ? { ...row, item: { ...row.item, createdAt: { S: at } } } : row));
}
