import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { paginateQuery, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { oldestFirst, type RecordedEvent } from "../../contracts/trail";
import { canonicalJson } from "../canonicalJson";
import type { Trail } from "../trail";
import { dynamoDb } from "./dynamoDb";

/**
 * The audit trail in its table, a row an event. A put without a condition would replace a row, so there is one put, and
 * it has the condition. A failed condition gives the row back, which tells a copy from a contradiction without a read.
 */
export function eventTrail(eventsTable: string, database: DynamoDBDocumentClient = dynamoDb()): Trail {
  return {
    async append(event) {
      const put = new PutCommand({
        TableName: eventsTable,
        Item: event,
        ConditionExpression: "attribute_not_exists(#eventId)",
        ExpressionAttributeNames: { "#eventId": "eventId" },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      try {
        await database.send(put);
        return "APPENDED";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
        return sameEvent(unmarshall(error.Item) as RecordedEvent, event) ? "THERE_ALREADY" : "CONTRADICTED";
      }
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
