import type { Permission } from "../iam/access";
import { requestJson } from "../endpoint/requestJson";
import type { Cloud } from "../resource";
import { statementOf } from "./statement";

interface Request {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly StreamArn?: string;
  readonly ShardIterator?: string;
  readonly ResourceArn?: string;
  readonly Statement?: string;
  readonly Statements?: readonly { readonly Statement?: string }[];
  readonly TransactStatements?: readonly { readonly Statement?: string }[];
  /** By table. */
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  /** Each an operation with its input. */
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

/** The permission that each part of a transaction needs: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const PARTS: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/** The permission that a statement of PartiQL needs, by its first word. */
const STATEMENTS: Readonly<Record<string, string>> = {
  SELECT: "PartiQLSelect",
  INSERT: "PartiQLInsert",
  UPDATE: "PartiQLUpdate",
  DELETE: "PartiQLDelete",
};

/**
 * What IAM asks of a caller: an index stands beside its table, a batch needs its own permission on every table, and a
 * transaction and PartiQL need those of what they do.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function permissionsOf(operation: string, body: Buffer, cloud: Cloud): readonly Permission[] {
  const request = requestJson<Request>(body);
  // What is no JSON is refused by the database, whoever sends it.
  if (request === undefined) return [];
  const arn = (table: string): string =>
    table.startsWith("arn:") ? table : `arn:aws:dynamodb:${cloud.region}:${cloud.accountId}:table/${table}`;
  switch (operation) {
    case "TransactWriteItems":
    case "TransactGetItems":
      return (request.TransactItems ?? []).flatMap((item) =>
        Object.entries(item).map(([part, { TableName = "" }]) => ({
          action: `dynamodb:${PARTS[part] ?? part}`,
          resource: arn(TableName),
        })),
      );
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.keys(request.RequestItems ?? {}).map((table) => ({
        action: `dynamodb:${operation}`,
        resource: arn(table),
      }));
    case "ExecuteStatement":
    case "BatchExecuteStatement":
    case "ExecuteTransaction":
      return [request, ...(request.Statements ?? []), ...(request.TransactStatements ?? [])].flatMap(({ Statement }) =>
        Statement === undefined ? [] : [ofStatement(Statement, arn)],
      );
    default:
      return [{ action: `dynamodb:${operation}`, resource: resourceOf(request, arn) }];
  }
}

function resourceOf(request: Request, arn: (table: string) => string): string {
  const { TableName, IndexName, StreamArn, ShardIterator, ResourceArn } = request;
  const direct = StreamArn ?? ResourceArn ?? streamOf(ShardIterator);
  if (direct !== undefined) return direct;
  if (TableName === undefined) return "*";
  return IndexName === undefined ? arn(TableName) : `${arn(TableName)}/index/${IndexName}`;
}

/** An iterator carries its stream's ARN between bars. */
function streamOf(iterator: string | undefined): string | undefined {
  return iterator?.split("|").find((part) => part.startsWith("arn:"));
}

function ofStatement(statement: string, arn: (table: string) => string): Permission {
  const { verb, table, index } = statementOf(statement);
  const resource = index === undefined ? arn(table) : `${arn(table)}/index/${index}`;
  return { action: `dynamodb:${STATEMENTS[verb] ?? verb}`, resource };
}
