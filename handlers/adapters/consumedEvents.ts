import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ConsumedEvents } from "../notifyCustomer";
import { PATIENT_CLIENT_SETTINGS } from "./clientSettings";
import { documents } from "./dynamoDb";
import { itemsAtOnce } from "./itemsAtOnce";
import { rowInserter } from "./rowInserter";
import { rowKeeper } from "./rowKeeper";

export interface ConsumedEventsOptions {
  readonly table: string;
  /** Whose memory it is: consumers share the table. */
  readonly consumer: string;
  /** Longer than one attempt may last. An attempt that died leaves its event to the next one after that time. */
  readonly attemptSeconds: number;
  readonly rememberDays: number;
  readonly now: () => Date;
  readonly database?: DynamoDBDocumentClient;
}

/**
 * What a consumer has done, in the ConsumedEvents table, where it is forgotten (TTL) after `rememberDays`. An event is
 * taken by inserting its row; who finds a row there sees whether its effect is done, or takes over from an attempt that
 * died, by a conditional write.
 */
export function consumedEvents(options: ConsumedEventsOptions): ConsumedEvents {
  const {
    table,
    consumer,
    attemptSeconds,
    rememberDays,
    now,
    database = documents(new DynamoDBClient(PATIENT_CLIENT_SETTINGS)),
  } = options;
  const key = (eventId: string) => ({ eventId, consumer });
  const seconds = (): number => Math.floor(now().getTime() / 1000);

  const rows = { table, key: ["eventId", "consumer"], database };
  const insert = rowInserter(rows);
  const find = itemsAtOnce(rows);
  const keep = rowKeeper(rows);

  return {
    async take(eventId) {
      const row = {
        ...key(eventId),
        ...{ takenUntil: seconds() + attemptSeconds, expiresAt: seconds() + rememberDays * 86_400 },
      };
      if ((await insert(row)) === "INSERTED") return "MINE";
      // Most of those that come again are done: they are seen together, and nothing is written.
      const found = standingOf(await find(key(eventId)), seconds());
      if (found !== "FREE") return found;
      const put = new PutCommand({
        TableName: table,
        Item: row,
        ConditionExpression: "attribute_not_exists(#eventId) OR #takenUntil < :now",
        ExpressionAttributeNames: { "#eventId": "eventId", "#takenUntil": "takenUntil" },
        ExpressionAttributeValues: { ":now": seconds() },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      try {
        await database.send(put);
        return "MINE";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return error.Item?.["consumedAt"] === undefined ? "TAKEN" : "CONSUMED";
      }
    },

    async settle(eventId) {
      const expiresAt = seconds() + rememberDays * 86_400;
      await keep({ ...key(eventId), consumedAt: now().toISOString(), expiresAt });
    },
  };
}

/** What the row of an event says. `FREE`: the attempt that had it died, or its row was forgotten a moment ago. */
function standingOf(row: Readonly<Record<string, unknown>> | undefined, nowSeconds: number) {
  if (row?.["consumedAt"] !== undefined) return "CONSUMED";
  return Number(row?.["takenUntil"] ?? 0) < nowSeconds ? "FREE" : "TAKEN";
}
