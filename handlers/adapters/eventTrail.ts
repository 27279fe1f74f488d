import { paginateQuery, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { oldestFirst, type RecordedEvent } from "../../contracts/trail";
import { canonicalJson } from "../canonicalJson";
import type { Trail } from "../trail";
import { dynamoDb } from "./dynamoDb";
import { itemsAtOnce } from "./itemsAtOnce";
import { rowInserter } from "./rowInserter";

/**
 * The audit trail in its table, a row an event. Rows are inserted, which nothing can replace a row by; who finds one there
 * reads it, to tell a copy from a contradiction.
 */
export function eventTrail(eventsTable: string, database: DynamoDBDocumentClient = dynamoDb()): Trail {
  const insert = rowInserter({ table: eventsTable, key: ["orderId", "eventId"], database });

  const find = itemsAtOnce({ table: eventsTable, key: ["orderId", "eventId"], database });

  const recorded = async ({ orderId, eventId }: RecordedEvent): Promise<RecordedEvent> => {
    const row = await find({ orderId, eventId });
    if (row === undefined) throw new Error(`The row of ${eventId} is taken, and not there.`);
    return row as unknown as RecordedEvent;
  };

  return {
    async append(event) {
      if ((await insert({ ...event })) === "INSERTED") return "APPENDED";
      return sameEvent(await recorded(event), event) ? "THERE_ALREADY" : "CONTRADICTED";
    },

    async eventsOf(orderId) {
      const events: RecordedEvent[] = [];
      const pages = paginateQuery(
        { client: database },
        {
          TableName: eventsTable,
          KeyConditionExpression: "#orderId = :orderId",
          ExpressionAttributeNames: { "#orderId": "orderId" },
          ExpressionAttributeValues: { ":orderId": orderId },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) events.push(...(Items as RecordedEvent[]));
      return oldestFirst(events);
    },
  };
}

/** When it was recorded is no part of an event. */
function sameEvent(recorded: RecordedEvent, { type, detail }: RecordedEvent): boolean {
  return canonicalJson([recorded.type, recorded.detail]) === canonicalJson([type, detail]);
}
