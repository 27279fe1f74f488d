import type { UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import { lifecycle, statusOf, type LifecycleWrite, type Transition } from "../../contracts/lifecycle";
import type { Order } from "../../contracts/order";
import { statusKey } from "../../contracts/orderRecord";

/** One write of the lifecycle, ready to be made. */
export interface LifecycleUpdate {
  readonly table: string;
  readonly orderId: string;
  readonly write: LifecycleWrite;
  /** What the write brings along. */
  readonly brings?: Partial<Pick<Order, "payment" | "receiptKey" | "failure">>;
  readonly at: Date;
  /** Needed by the writes that end an order, whose index by status changes with it: nobody else's order is ended. */
  readonly tenantId?: string;
}

/**
 * A write of contracts/lifecycle.ts as DynamoDB wants it said: alone or in a transaction. Every attribute
 * name is aliased, since `status` and many others are reserved words
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html). A failed condition gives the
 * item back, which costs nothing.
 */
export function lifecycleUpdate({ table, orderId, write, brings = {}, at, tenantId }: LifecycleUpdate) {
  const transition = lifecycle[write];
  const expression = new Expression();
  const sets: Record<string, unknown> = {
    ...transition.sets,
    ...brings,
    ...stageFields(transition, orderId, tenantId),
    updatedAt: at.toISOString(),
  };
  const assignments = Object.entries(sets).map(
    ([field, value]) => `${expression.name(field)} = ${expression.value(value)}`,
  );
  const version = expression.name("version");
  return {
    TableName: table,
    Key: { orderId },
    UpdateExpression: `SET ${[...assignments, `${version} = ${version} + ${expression.value(1)}`].join(", ")}`,
    ConditionExpression: condition(transition, tenantId, expression),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } satisfies UpdateCommandInput;
}

function stageFields({ to }: Transition, orderId: string, tenantId: string | undefined): Record<string, unknown> {
  if (to === undefined) return {};
  const status = statusOf(to);
  // Until its end an order is PENDING, as it was created, so status and index stay untouched and cost no write.
  if (status === "PENDING") return { stage: to };
  if (tenantId === undefined) throw new Error(`The write that ends order ${orderId} needs its tenant.`);
  return { stage: to, status, statusKey: statusKey(tenantId, status) };
}

function condition(
  { from, reserved, payment }: Transition,
  tenantId: string | undefined,
  expression: Expression,
): string {
  const clauses = [`${expression.name("stage")} IN (${from.map((stage) => expression.value(stage)).join(", ")})`];
  if (tenantId !== undefined) clauses.push(`${expression.name("tenantId")} = ${expression.value(tenantId)}`);
  if (reserved !== undefined) clauses.push(`${expression.name("reserved")} = ${expression.value(reserved)}`);
  if (payment !== undefined) clauses.push(paymentClause(payment, expression));
  return clauses.join(" AND ");
}

function paymentClause(allowed: NonNullable<Transition["payment"]>, expression: Expression): string {
  const path = expression.name("payment");
  const statuses = allowed.filter((status) => status !== "NONE").map((status) => expression.value(status));
  const among = `${path}.${expression.name("status")} IN (${statuses.join(", ")})`;
  return allowed.includes("NONE") ? `(attribute_not_exists(${path}) OR ${among})` : among;
}

/** Collects the names and values of an expression under aliases. */
class Expression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(field: string): string {
    this.names[`#${field}`] = field;
    return `#${field}`;
  }

  value(value: unknown): string {
    const alias = `:v${Object.keys(this.values).length}`;
    this.values[alias] = value;
    return alias;
  }
}
