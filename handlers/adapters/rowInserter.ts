import { BatchExecuteStatementCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Asked, inOneTurn } from "./inOneTurn";

/** `TAKEN`: a row with that key is there already, and stays as it is. */
export type Inserted = "INSERTED" | "TAKEN";

export interface RowInserterOptions {
  readonly table: string;
  /** Names of the table's key attributes; texts. */
  readonly key: readonly string[];
  readonly database: DynamoDBDocumentClient;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html */
const MOST_STATEMENTS = 25;

type Row = Readonly<Record<string, unknown>>;

type Waiting = Asked<Row, Inserted>;

/**
 * Inserts rows that must be new. Rows that are handed over in the same turn of the event loop go in one request, of which
 * each row succeeds or fails by itself; they cost what they would cost one by one.
 *
 * An insert of PartiQL never replaces a row (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html),
 * and has a permission of its own: unlike a put, which replaces unless its caller remembers to ask for a condition.
 */
export function rowInserter(options: RowInserterOptions): (row: Row) => Promise<Inserted> {
  return inOneTurn((all) => {
    void batchesOf(all, options.key).reduce(
      // A row that is handed over twice must find its first copy, so batches go one after the other.
      (before, batch) => before.then(() => insert(batch, options)),
      Promise.resolve(),
    );
  });
}

/** A request takes so many rows, and none of them twice. */
function batchesOf(all: readonly Waiting[], key: readonly string[]): Waiting[][] {
  const batches: { readonly keys: Set<string>; readonly rows: Waiting[] }[] = [];
  for (const each of all) {
    const id = JSON.stringify(key.map((name) => each.what[name]));
    const last = batches.findLastIndex(({ keys }) => keys.has(id));
    let batch = batches.slice(last + 1).find(({ rows }) => rows.length < MOST_STATEMENTS);
    if (batch === undefined) batches.push((batch = { keys: new Set(), rows: [] }));
    batch.keys.add(id);
    batch.rows.push(each);
  }
  return batches.map(({ rows }) => rows);
}

/** Never rejects: each row hears how it fared. */
async function insert(batch: readonly Waiting[], { table, key, database }: RowInserterOptions): Promise<void> {
  try {
    const Statements = batch.map(({ what }) => insertOf(table, what));
    const { Responses = [] } = await database.send(new BatchExecuteStatementCommand({ Statements }));
    for (const [at, { settle, fail }] of batch.entries()) {
      const { Error: error } = Responses[at] ?? { Error: { Code: "InternalServerError", Message: "No answer." } };
      if (error === undefined) settle("INSERTED");
      else if (error.Code === "DuplicateItem") settle("TAKEN");
      else fail(Object.assign(new Error(error.Message), { name: error.Code ?? "InternalServerError" }));
    }
  } catch (error) {
    // One row that no request may hold must not keep its neighbours out.
    if (batch.length > 1 && (error as Error).name === "ValidationException") {
      for (const each of batch) await insert([each], { table, key, database });
      return;
    }
    for (const { fail } of batch) fail(error as Error);
  }
}

function insertOf(table: string, row: Row) {
  const fields = Object.entries(row).filter(([, value]) => value !== undefined);
  const names = fields.map(([name]) => `'${name.replaceAll("'", "''")}': ?`).join(", ");
  return { Statement: `INSERT INTO "${table}" VALUE {${names}}`, Parameters: fields.map(([, value]) => value) };
}
