import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { batchRead } from "../../../handlers/adapters/batchRead";
import { isDependencyFault } from "../../../handlers/entries/dependencyFault";
import { ShopDatabase } from "./shopDatabase";

const KEYS = ["A", "B", "C"].map((orderId) => ({ orderId }));

describe("batchRead", () => {
  let shop: ShopDatabase;
  before(async () => {
    shop = await ShopDatabase.open();
  });

  it("reads a hundred items, and leaves out those that are not there", async () => {
    const orders = await Promise.all(Array.from({ length: 99 }, () => shop.addOrder()));
    const keys = [{ orderId: "nowhere" }, ...orders.map(({ orderId }) => ({ orderId }))];
    const found = await batchRead(shop.client, shop.orders, keys);
    assert.deepEqual(found.map(({ orderId }) => orderId).sort(), orders.map(({ orderId }) => orderId).sort());
  });

  it("asks for nothing when there is nothing to read", async () => {
    const send = () => assert.fail("asked");
    assert.deepEqual(await batchRead({ send } as never, "table", []), []);
  });

  it("asks again, consistently, for what the table left out", async () => {
    const asked: unknown[] = [];
    const send = async ({ input }: any) => {
      const { Keys, ...rest } = input.RequestItems.table;
      asked.push([Keys.length, rest]);
      const [first, ...left] = Keys;
      const UnprocessedKeys = left.length > 0 ? { table: { Keys: left, ...rest } } : {};
      return { Responses: { table: [first] }, UnprocessedKeys };
    };
    assert.deepEqual(await batchRead({ send } as never, "table", KEYS), KEYS);
    assert.deepEqual(
      asked,
      [3, 2, 1].map((count) => [count, { ConsistentRead: true }]),
    );
  });

  it("gives up on a table that goes on leaving keys out, as on one that is too busy", async () => {
    const send = async ({ input }: any) => ({ UnprocessedKeys: input.RequestItems });
    await assert.rejects(batchRead({ send } as never, "table", KEYS), (error: Error) => {
      assert.equal(error.message, "The table table did not answer for all keys.");
      return isDependencyFault(error);
    });
  });
});
