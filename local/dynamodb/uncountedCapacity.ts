import { itemBytes, type Item } from "./itemSize";
import { requestJson } from "../endpoint/requestJson";
import type { DatabaseReply } from "./database";
import { statementOf } from "./statement";
import type { UsedCapacity } from "./usedCapacity";

interface Action {
  readonly TableName?: string;
  readonly Item?: Item;
}

interface WriteRequest extends Action {
  readonly TransactItems?: readonly Readonly<Record<string, Action>>[];
}

interface Failure {
  readonly __type?: string;
  readonly Item?: Item;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[];
}

/**
 * What a write used whose condition did not hold: as much as the larger of the item that is there and the one that was to
 * be, at least one unit (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html). An item
 * that the failure does not show counts as one of at most 1 KB. A transaction that a condition, or another transaction,
 * cancelled has prepared its items: each is taken for billed as if it had gone well, which errs on the dear side.
 */
export function failedConditionUnits(request: Buffer, answer: Buffer): readonly UsedCapacity[] {
  const failure = parsed<Failure>(answer);
  const code = failure.__type?.split("#").pop();
  if (code === "ConditionalCheckFailedException") {
    const write = requested<WriteRequest>(request);
    return [{ kind: "writeUnit", resource: nameOf(write), units: writeUnits(write.Item, failure.Item) }];
  }
  if (code !== "TransactionCanceledException") return [];
  const { CancellationReasons: reasons = [] } = failure;
  if (!reasons.some(({ Code = "" }) => BILLED_REASONS.has(Code))) return [];
  return (requested<WriteRequest>(request).TransactItems ?? []).map((item, at) => {
    const action = Object.values(item)[0] ?? {};
    const units = 2 * writeUnits(action.Item, reasons[at]?.Item);
    return { kind: "writeUnit", resource: nameOf(action), units };
  });
}

const BILLED_REASONS = new Set(["ConditionalCheckFailed", "TransactionConflict"]);

/**
 * What a transaction used. Of the items that it writes to one table, DynamoDB Local counts those only once that use equally
 * much. Items of at most 1 KB use two units each, so a table's two units are those of each of its items; and of more, those
 * of one larger item and a small one beside all others, which is too little when several are large.
 */
export function alikeCounted(request: Buffer, told: readonly UsedCapacity[]): readonly UsedCapacity[] {
  const tables = (requested<WriteRequest>(request).TransactItems ?? []).map((item) =>
    nameOf(Object.values(item)[0] ?? {}),
  );
  return told.map((used) => {
    const items = tables.filter((table) => table === used.resource).length;
    const counted = used.units === SMALL_ITEM_UNITS ? 1 : 2;
    return { ...used, units: used.units + SMALL_ITEM_UNITS * Math.max(0, items - counted) };
  });
}

/** Of an item of at most 1 KB, in a transaction. */
const SMALL_ITEM_UNITS = 2;

/** Reading a key that is not there uses half a unit, a whole one when the read is consistent. */
export function missedReadUnits(request: Buffer, answer: string): readonly UsedCapacity[] {
  const { RequestItems } = requested<BatchGet>(request);
  const { Responses = {}, UnprocessedKeys = {} } = JSON.parse(answer) as BatchGot;
  return Object.entries(RequestItems ?? {}).flatMap(([table, { Keys, ConsistentRead }]) => {
    const name = nameOf({ TableName: table });
    const missed = Keys.length - (Responses[table]?.length ?? 0) - (UnprocessedKeys[table]?.Keys.length ?? 0);
    return missed > 0
      ? [{ kind: "readUnit", resource: name, units: missed * (ConsistentRead === true ? 1 : 0.5) }]
      : [];
  });
}

/**
 * What the inserts of a batch of statements used, of which DynamoDB Local tells nothing: as much as puts. One that finds its
 * row there uses what a put does whose condition does not hold. Entries of indexes and other statements are not counted.
 */
export function insertedUnits(request: Buffer, { status, body }: DatabaseReply): readonly UsedCapacity[] {
  if (status !== 200) return [];
  const { Statements = [] } = requested<BatchOfStatements>(request);
  const { Responses = [] } = parsed<StatementsDone>(body);
  return Statements.flatMap(({ Statement, Parameters = [] }, at) => {
    const code = Responses[at]?.Error?.Code;
    const { verb, table } = statementOf(Statement);
    if (verb !== "INSERT" || (code !== undefined && code !== "DuplicateItem")) return [];
    const names = [...Statement.matchAll(/'([^']*)'\s*:\s*\?/g)].map(([, name = ""]) => name);
    const item = Object.fromEntries(names.map((name, field) => [name, Parameters[field]])) as Item;
    return [{ kind: "writeUnit", resource: table, units: writeUnits(item) }];
  });
}

interface BatchOfStatements {
  readonly Statements?: readonly { readonly Statement: string; readonly Parameters?: readonly unknown[] }[];
}

interface StatementsDone {
  readonly Responses?: readonly { readonly Error?: { readonly Code?: string } }[];
}

interface BatchGet {
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>
  >;
}

interface BatchGot {
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
}

function writeUnits(...items: readonly (Item | undefined)[]): number {
  const bytes = items.map((item) => (item === undefined ? 0 : itemBytes(item)));
  return Math.max(1, Math.ceil(Math.max(...bytes) / 1024));
}

/** A table can be named by its ARN too. */
function nameOf({ TableName = "" }: Action): string {
  return TableName.split("/").at(-1) ?? TableName;
}

function requested<T extends object>(request: Buffer): T {
  return requestJson<T>(request) ?? ({} as T);
}

function parsed<T>(text: Buffer): T {
  return JSON.parse(text.toString()) as T;
}
