import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { OrderLimit } from "../../contracts/tenant";
import type { Limiter } from "../admission";
import { gcra, type Gcra } from "../gcra";
import { QUICK_CLIENT_SETTINGS } from "./clientSettings";
import { documents } from "./dynamoDb";

export interface TenantLimiterOptions {
  /** The table of limits: key `tenantId`, time to live `expiresAt`. */
  readonly table: string;
  /** By tenant. */
  readonly limits: Readonly<Record<string, OrderLimit>>;
}

/**
 * Limits tenants exactly, whatever number of processes take part: the state of each is one item, and to take is one
 * conditional write. No expression of DynamoDB knows a maximum, so there are two writes with conditions that exclude
 * each other, for a limit that is unused and for one in use. What this process saw last tells which to try. A wrong
 * guess writes nothing and brings the state along, so it happens once; and who is known to be refused needs no write,
 * as the theoretical arrival time never goes back.
 *
 * An order whose write is repeated, because its answer was lost, may count twice: too few orders can pass, never too many.
 */
export function tenantLimiter(
  { table, limits }: TenantLimiterOptions,
  database: DynamoDBDocumentClient = quickDatabase(),
): Limiter {
  const lastSeen = new Map<string, number>();

  const see = (tenantId: string, arrival: number | undefined): void => {
    if (arrival === undefined) lastSeen.delete(tenantId);
    else lastSeen.set(tenantId, arrival);
  };

  return {
    async take(tenantId, now) {
      const limit = limitOf(limits, tenantId);
      const state = gcra(limit, now);
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const seen = lastSeen.get(tenantId);
        if (seen !== undefined && seen > state.latest) {
          const retryAfterSeconds = state.retryAfterSeconds(seen);
          return { allowed: false, allowance: state.allowance(seen), retryAfterSeconds };
        }
        const branch = seen === undefined || seen <= state.now ? whenIdle(state) : whenBusy(state);
        const { arrival, written } = await write(database, { table, tenantId, limit, state, branch });
        see(tenantId, arrival);
        if (written) return { allowed: true, allowance: state.allowance(arrival) };
      }
      throw new Error(`The limit of tenant ${tenantId} was another one at each of ${MOST_ATTEMPTS} attempts.`);
    },

    async look(tenantId, now) {
      const limit = limitOf(limits, tenantId);
      const get = new GetCommand({ TableName: table, Key: { tenantId }, ConsistentRead: true });
      const { Item } = await database.send(get);
      return gcra(limit, now).allowance(Item?.[arrivalOf(limit)] as number | undefined);
    },
  };
}

/**
 * At one time by the clock, a limit can be found unused, then in use, then used up, and never the other way round. Only
 * an item that is deleted by hand between two attempts can lead further.
 */
const MOST_ATTEMPTS = 3;

/** The theoretical arrival time in ticks of the rate, so at another rate it is another attribute, and begins anew. */
function arrivalOf({ ratePerSecond }: OrderLimit): string {
  return `arrivalAt${ratePerSecond}PerSecond`;
}

/** One of the two writes. */
interface Branch {
  readonly set: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, number>>;
}

function whenIdle({ now, token }: Gcra): Branch {
  return {
    set: "#arrival = :next",
    condition: "attribute_not_exists(#arrival) OR #arrival <= :now",
    values: { ":next": now + token, ":now": now },
  };
}

function whenBusy({ now, token, latest }: Gcra): Branch {
  return {
    set: "#arrival = #arrival + :token",
    condition: "#arrival > :now AND #arrival <= :latest",
    values: { ":token": token, ":now": now, ":latest": latest },
  };
}

interface Write {
  readonly table: string;
  readonly tenantId: string;
  readonly limit: OrderLimit;
  readonly state: Gcra;
  readonly branch: Branch;
}

/** Answers the theoretical arrival time that now stands in the table, and whether this write put it there. */
async function write(
  database: DynamoDBDocumentClient,
  { table, tenantId, limit, state, branch }: Write,
): Promise<{ readonly arrival: number | undefined; readonly written: boolean }> {
  const attribute = arrivalOf(limit);
  const update = new UpdateCommand({
    TableName: table,
    Key: { tenantId },
    UpdateExpression: `SET ${branch.set}, #expiresAt = :expiresAt`,
    ConditionExpression: branch.condition,
    ExpressionAttributeNames: { "#arrival": attribute, "#expiresAt": "expiresAt" },
    ExpressionAttributeValues: { ...branch.values, ":expiresAt": state.idleAtSeconds + KEPT_SECONDS },
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  try {
    const { Attributes } = await database.send(update);
    return { arrival: Attributes?.[attribute] as number, written: true };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const old = error.Item === undefined ? {} : unmarshall(error.Item);
    return { arrival: old[attribute] as number | undefined, written: false };
  }
}

/** An item that stands for nothing is deleted a day later: long after any two clocks agree that it does. */
const KEPT_SECONDS = 86_400;

function limitOf(limits: TenantLimiterOptions["limits"], tenantId: string): OrderLimit {
  const limit = limits[tenantId];
  if (limit === undefined) throw new Error(`Tenant ${tenantId} has no limit of orders.`);
  return limit;
}

function quickDatabase(): DynamoDBDocumentClient {
  return documents(new DynamoDBClient(QUICK_CLIENT_SETTINGS));
}
