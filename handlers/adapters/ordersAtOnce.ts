import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { orderOf, type OrderRecord } from "../../contracts/orderRecord";
import type { Orders } from "../createOrder";
import { batchRead } from "./batchRead";
import { dynamoDb } from "./dynamoDb";
import { inOneTurn } from "./inOneTurn";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_KEYS = 100;

/** Finds orders, consistently; those that are looked for at the same time come with one request. */
export function ordersAtOnce(ordersTable: string, database: DynamoDBDocumentClient = dynamoDb()): Pick<Orders, "find"> {
  const read = async (orderIds: readonly string[]): Promise<ReadonlyMap<string, Order>> => {
    const keys = orderIds.map((orderId) => ({ orderId }));
    const items = await batchRead(database, ordersTable, keys);
    return new Map(items.map((item) => [String(item["orderId"]), orderOf(item as unknown as OrderRecord)]));
  };

  const find = inOneTurn<string, Order | undefined>((all) => {
    const ids = [...new Set(all.map(({ what }) => what))];
    for (let at = 0; at < ids.length; at += MOST_KEYS) {
      const some = ids.slice(at, at + MOST_KEYS);
      const wanted = all.filter(({ what }) => some.includes(what));
      read(some).then(
        (found) => wanted.forEach(({ what, settle }) => settle(found.get(what))),
        (error: Error) => {
          // One id that no key can be must not hide the others.
          if (some.length === 1 || error.name !== "ValidationException")
            return wanted.forEach(({ fail }) => fail(error));
          for (const id of some) {
            const askers = wanted.filter(({ what }) => what === id);
            read([id]).then(
              (found) => askers.forEach(({ settle }) => settle(found.get(id))),
              (why: Error) => askers.forEach(({ fail }) => fail(why)),
            );
          }
        },
      );
    }
  });
  return { find };
}
