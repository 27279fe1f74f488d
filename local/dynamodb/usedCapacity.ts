import type { DatabaseReply } from "./database";
import { alikeCounted, failedConditionUnits, missedReadUnits } from "./uncountedCapacity";

/** Units of a table, or of one of its indexes (`TABLE/INDEX`). */
export interface UsedCapacity {
  readonly kind: "writeUnit" | "readUnit";
  readonly resource: string;
  readonly units: number;
}

const WRITES = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];
const READS = ["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"];
const KINDS: ReadonlyMap<string, UsedCapacity["kind"]> = new Map([
  ...WRITES.map((operation) => [`dynamodb:${operation}`, "writeUnit"] as const),
  ...READS.map((operation) => [`dynamodb:${operation}`, "readUnit"] as const),
]);

const ASKING = "ReturnConsumedCapacity";
const QUESTION = Buffer.from(`{"${ASKING}":"INDEXES",`);

/**
 * The request with the question what it uses, if it is a read or a write that does not ask by itself.
 *
 * DynamoDB Local answers that question as DynamoDB does, which was tried: 1 KB and 4 KB, rounded up for each item; the
 * larger of an item before and after; indexes only where an entry changes, twice where it moves; twice as much in a
 * transaction. Three things it does not count: see uncountedCapacity.ts.
 */
export function askingForCapacity(action: string, body: Buffer): Buffer | undefined {
  if (!KINDS.has(action) || body[0] !== OPENING || body.length < 3 || body.includes(ASKING)) return undefined;
  return Buffer.concat([QUESTION, body.subarray(1)]);
}

const OPENING = "{".charCodeAt(0);

/** What a call used that was {@link askingForCapacity}, and its answer without the answer to that. */
export function capacityUsed(
  action: string,
  request: Buffer,
  { status, body }: DatabaseReply,
): { readonly body: Buffer | string; readonly used: readonly UsedCapacity[] } {
  const kind = KINDS.get(action) ?? "writeUnit";
  if (status !== 200) return { body, used: kind === "writeUnit" ? failedConditionUnits(request, body) : [] };
  const text = body.toString();
  const found = lastField(text, "ConsumedCapacity");
  if (found === undefined) return { body, used: [] };
  const consumed = JSON.parse(found.value) as ConsumedCapacity | ConsumedCapacity[];
  const told = [consumed].flat().flatMap((one) => unitsOf(one, kind));
  if (action === "dynamodb:TransactWriteItems") return { body: found.without, used: alikeCounted(request, told) };
  const missed = action === "dynamodb:BatchGetItem" ? missedReadUnits(request, found.without) : [];
  return { body: found.without, used: [...told, ...missed] };
}

interface ConsumedCapacity {
  readonly TableName: string;
  readonly Table?: { readonly CapacityUnits: number };
  readonly GlobalSecondaryIndexes?: IndexUnits;
  readonly LocalSecondaryIndexes?: IndexUnits;
}

type IndexUnits = Readonly<Record<string, { readonly CapacityUnits: number }>>;

function unitsOf(consumed: ConsumedCapacity, kind: UsedCapacity["kind"]): UsedCapacity[] {
  const { TableName, Table, GlobalSecondaryIndexes = {}, LocalSecondaryIndexes = {} } = consumed;
  const indexes = Object.entries({ ...GlobalSecondaryIndexes, ...LocalSecondaryIndexes });
  return [
    { kind, resource: TableName, units: Table?.CapacityUnits ?? 0 },
    ...indexes.map(([name, { CapacityUnits: units }]) => ({ kind, resource: `${TableName}/${name}`, units })),
  ].filter(({ units }) => units > 0);
}

/**
 * The last field of that name in a JSON object, and the object without it. What the database says of itself comes last, so
 * an attribute of the same name is not taken for it; and its value holds names and numbers, no brackets in texts.
 */
function lastField(text: string, name: string): { readonly value: string; readonly without: string } | undefined {
  const at = text.lastIndexOf(`"${name}":`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  let depth = 0;
  let to = from;
  do {
    const character = text[to++];
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (character === undefined) return undefined;
  } while (depth > 0);
  const before = text.slice(0, at);
  const after = text.slice(to);
  const without = before.endsWith(",") ? before.slice(0, -1) + after : before + after.replace(/^,/, "");
  return { value: text.slice(from, to), without };
}
