import { QueryCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { orderOf, statusKey, userKey, type OrderRecord } from "../../contracts/orderRecord";
import type { OrderFilter, OrderLists, OrderPlace } from "../listOrders";
import { dynamoDb } from "./dynamoDb";
import { batchRead } from "./batchRead";

/**
 * Lists of orders from the table's two indexes. These hold keys alone, so the orders themselves are read from the table,
 * consistently. The partition that is read is made of the caller's tenant and filter; a place is only where in it to begin.
 */
export function orderLists(ordersTable: string, database: DynamoDBDocumentClient = dynamoDb()): OrderLists {
  return {
    async page({ tenantId, filter }, { limit, after }) {
      const { index, attribute, key } = partitionOf(tenantId, filter);
      const query = new QueryCommand({
        TableName: ordersTable,
        IndexName: index,
        KeyConditionExpression: "#key = :key",
        ProjectionExpression: "#createdAt, #orderId",
        ExpressionAttributeNames: { "#key": attribute, "#createdAt": "createdAt", "#orderId": "orderId" },
        ExpressionAttributeValues: { ":key": key },
        ScanIndexForward: false,
        // One more than wanted tells whether there is another page. So few keys are far from the megabyte of a page.
        Limit: limit + 1,
        ...(after && { ExclusiveStartKey: { [attribute]: key, createdAt: after.createdAt, orderId: after.orderId } }),
      });
      const { Items = [] } = await database.send(query);
      const places = Items.slice(0, limit) as OrderPlace[];
      const orders = await read(places);
      const end = Items.length > limit ? places.at(-1) : undefined;
      return { orders: orders.filter((order) => belongs(order, tenantId, filter)), ...(end && { end }) };
    },
  };

  async function read(places: readonly OrderPlace[]): Promise<readonly Order[]> {
    const keys = places.map(({ orderId }) => ({ orderId }));
    const records = (await batchRead(database, ordersTable, keys)) as unknown as readonly OrderRecord[];
    const byId = new Map(records.map((record) => [record.orderId, record]));
    return places.flatMap(({ orderId }) => byId.get(orderId) ?? []).map(orderOf);
  }
}

function partitionOf(tenantId: string, filter: OrderFilter) {
  return "userId" in filter
    ? { index: "userId-createdAt-index", attribute: "userKey", key: userKey(tenantId, filter.userId) }
    : { index: "status-createdAt-index", attribute: "statusKey", key: statusKey(tenantId, filter.status) };
}

/** An index is a moment behind its table: what it lists under a status may have another one by now. */
function belongs(order: Order, tenantId: string, filter: OrderFilter): boolean {
  if (order.tenantId !== tenantId) return false;
  return "userId" in filter ? order.userId === filter.userId : order.status === filter.status;
}
