import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { before, describe, it } from "mocha";
import { orderToPlace } from "../../../contracts/events";
import { pendingOrders } from "../../../handlers/adapters/pendingOrders";
import type { PendingOrders } from "../../../handlers/reconcileOrders";
import { linesOf } from "../observed";
import { ShopDatabase } from "./shopDatabase";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));

describe("pendingOrders", () => {
  let shop: ShopDatabase;
  let orders: PendingOrders;
  before(async () => {
    shop = await ShopDatabase.open();
    orders = pendingOrders(shop.orders, shop.client);
  });

  const add = (orderId: string, minute: number, rest = {}) =>
    shop.addOrder({ orderId, createdAt: at(minute).toISOString(), ...rest });
  const found = async (tenant: string, until: Date): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { orderId } of orders.createdUpTo(tenant, until)) ids.push(orderId);
    return ids;
  };

  it("finds a tenant's orders that are not final, oldest first, up to a time", async () => {
    await add("second", 2);
    await add("first", 1);
    await add("later", 4);
    await add("confirmed", 1, { status: "CONFIRMED", stage: "CONFIRMED" });
    await add("foreign", 1, { tenantId: "globex" });
    assert.deepEqual(await found("acme", at(2)), ["first", "second"]);
    assert.deepEqual(await found("globex", at(2)), ["foreign"]);
    assert.deepEqual(await found("nobody", at(2)), []);
  });

  it("goes on behind the first page of a megabyte", async () => {
    const long = "x".repeat(900);
    const writes = Array.from({ length: 1_300 }, (_, n) =>
      shop.client.send(
        new PutCommand({
          TableName: shop.orders,
          Item: { orderId: `${long}-${n}`, statusKey: "crowd#PENDING", createdAt: at(3).toISOString() },
        }),
      ),
    );
    await Promise.all(writes);
    assert.equal((await found("crowd", at(5))).length, 1_300);
  });

  it("reads what the saga needs of orders that are not final, in the order in which they were asked for", async () => {
    const open = await Promise.all(Array.from({ length: 130 }, () => shop.addOrder()));
    const done = await shop.addOrder({ status: "FAILED", stage: "FAILED" });
    const asked = [...open.slice(100), done, ...open.slice(0, 100)];
    const answered = await orders.stillPending([...asked.map(({ orderId }) => orderId), randomUUID()]);
    assert.deepEqual(
      answered,
      asked.filter((order) => order !== done).map((order) => orderToPlace(order)),
    );
    assert.deepEqual(await orders.stillPending([]), []);
  });

  it("leaves out an item that is no order", async () => {
    const good = await shop.addOrder();
    await shop.client.send(new PutCommand({ TableName: shop.orders, Item: { orderId: "broken", status: "PENDING" } }));
    await linesOf(async () => {
      assert.deepEqual(await orders.stillPending(["broken", good.orderId]), [orderToPlace(good)]);
    });
  });
});
