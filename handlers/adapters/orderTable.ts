import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { orderOf, orderRecord, type OrderRecord } from "../../contracts/orderRecord";
import type { Orders } from "../createOrder";
import { dynamoDb } from "./awsClients";
import { retryContention } from "./contention";

/** Orders as the API writes and reads them: new ones, and one by its id. */
export function orderTable(ordersTable: string, database: DynamoDBDocumentClient = dynamoDb()): Orders {
  return {
    async create(order) {
      const put = new PutCommand({
        TableName: ordersTable,
        Item: orderRecord(order),
        ConditionExpression: "attribute_not_exists(#orderId)",
        ExpressionAttributeNames: { "#orderId": "orderId" },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      // A repeated request may meet its order in the middle of a transaction of the saga.
      return retryContention(async () => {
        try {
          await database.send(put);
          return undefined;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
          return orderOf(unmarshall(error.Item) as OrderRecord);
        }
      });
    },

    async find(orderId) {
      const get = new GetCommand({ TableName: ordersTable, Key: { orderId }, ConsistentRead: true });
      const { Item } = await database.send(get);
      return Item && orderOf(Item as OrderRecord);
    },
  };
}
