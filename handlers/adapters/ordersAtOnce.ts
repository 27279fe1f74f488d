import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { orderOf, type OrderRecord } from "../../contracts/orderRecord";
import type { Orders } from "../createOrder";
import { dynamoDb } from "./dynamoDb";
import { itemsAtOnce } from "./itemsAtOnce";

/** Finds orders, consistently; those that are looked for at the same time come with one request. */
export function ordersAtOnce(ordersTable: string, database: DynamoDBDocumentClient = dynamoDb()): Pick<Orders, "find"> {
  const find = itemsAtOnce({ table: ordersTable, key: ["orderId"], database });
  return {
    async find(orderId) {
      const item = await find({ orderId });
      return item === undefined ? undefined : orderOf(item as unknown as OrderRecord);
    },
  };
}
