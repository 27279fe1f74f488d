import type { UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Line } from "../ledger";

/** Takes a line's quantity from the stock, if there is so much. The product comes back when there is not. */
export function takeStock(table: string, { productId, qty }: Line) {
  return {
    TableName: table,
    Key: { productId },
    UpdateExpression: "SET #stock = #stock - :qty",
    ConditionExpression: "#stock >= :qty",
    ExpressionAttributeNames: { "#stock": "stock" },
    ExpressionAttributeValues: { ":qty": qty },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } satisfies UpdateCommandInput;
}

/**
 * Gives a line's quantity back. A product that was removed meanwhile does not hold up the undo: its stock is kept in an
 * item without a price, which nobody can order.
 */
export function giveStock(table: string, { productId, qty }: Line) {
  return {
    TableName: table,
    Key: { productId },
    UpdateExpression: "SET #stock = if_not_exists(#stock, :none) + :qty",
    ExpressionAttributeNames: { "#stock": "stock" },
    ExpressionAttributeValues: { ":qty": qty, ":none": 0 },
  } satisfies UpdateCommandInput;
}
