import assert from "node:assert/strict";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { before, describe, it } from "mocha";
import type { Order } from "../../../contracts/order";
import { orderRecord, statusKey } from "../../../contracts/orderRecord";
import { orderLists } from "../../../handlers/adapters/orderLists";
import type { OrderFilter, OrderLists, OrderPlace } from "../../../handlers/listOrders";
import { ShopDatabase } from "./shopDatabase";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();

describe("orderLists", () => {
  let shop: ShopDatabase;
  let lists: OrderLists;
  before(async () => {
    shop = await ShopDatabase.open();
    lists = orderLists(shop.orders, shop.client);
  });

  const idsOf = (orders: readonly Order[]) => orders.map(({ orderId }) => orderId);
  const ids = async (filter: OrderFilter, tenantId = "acme") =>
    idsOf((await lists.page({ tenantId, filter }, { limit: 100 })).orders);
  const add = (orderId: string, second: number, rest: Partial<Order> = {}) =>
    shop.addOrder({ orderId, createdAt: at(second), ...rest });

  /** All pages of a user's list, and what was done after the first. */
  async function pages(userId: string, limit: number, meanwhile: () => Promise<unknown> = async () => undefined) {
    const all: string[][] = [];
    let after: OrderPlace | undefined;
    do {
      const { orders, end } = await lists.page(
        { tenantId: "acme", filter: { userId } },
        { limit, ...(after && { after }) },
      );
      all.push(idsOf(orders));
      if (after === undefined) await meanwhile();
      after = end;
    } while (after !== undefined);
    return all;
  }

  it("lists a tenant's orders of a user, newest first, as the table has them", async () => {
    const second = await add("second", 2, { userId: "ann" });
    const third = await add("third", 3, { userId: "ann", status: "FAILED", stage: "FAILED", version: 7 });
    const first = await add("first", 1, { userId: "ann" });
    await add("of-bob", 2, { userId: "bob" });
    await add("of-globex", 2, { userId: "ann", tenantId: "globex" });
    const { orders, end } = await lists.page({ tenantId: "acme", filter: { userId: "ann" } }, { limit: 3 });
    assert.deepEqual([orders, end], [[third, second, first], undefined]);
    assert.deepEqual(await ids({ userId: "ann" }, "globex"), ["of-globex"]);
    assert.deepEqual(await ids({ userId: "ann" }, "nobody"), []);
  });

  it("lists a tenant's orders of a status", async () => {
    await add("early", 1, { tenantId: "initech", status: "CONFIRMED", stage: "CONFIRMED" });
    await add("late", 2, { tenantId: "initech", status: "CONFIRMED", stage: "CONFIRMED" });
    await add("open", 3, { tenantId: "initech" });
    assert.deepEqual(await ids({ status: "CONFIRMED" }, "initech"), ["late", "early"]);
    assert.deepEqual(await ids({ status: "FAILED" }, "initech"), []);
  });

  it("cannot be led to another tenant by a user's name", async () => {
    await add("secret", 1, { tenantId: "initech", userId: "eve" });
    for (const userId of ["initech#eve", "#initech#eve", "../initech#eve"]) {
      assert.deepEqual(await ids({ userId }), [], userId);
    }
  });

  it("tells the end of a page as long as there is more, and not on the last, even when that is full", async () => {
    for (let n = 0; n < 6; n++) await add(`page-${n}`, n, { userId: "pager" });
    const found = await pages("pager", 3);
    assert.deepEqual(found, [
      ["page-5", "page-4", "page-3"],
      ["page-2", "page-1", "page-0"],
    ]);
  });

  it("shows each order once though many came in the same millisecond, and new ones come in meanwhile", async () => {
    const crowd = await Promise.all(
      Array.from({ length: 120 }, (_, n) => shop.addOrder({ userId: "crowd", createdAt: at(Math.floor(n / 40)) })),
    );
    const late = () => Promise.all([1, 2, 3].map((n) => add(`late-${n}`, 30 + n, { userId: "crowd" })));
    const found = (await pages("crowd", 7, late)).flat();
    assert.deepEqual(found.toSorted(), idsOf(crowd).sort());
  });

  it("goes on from the place of an order that has left the list since", async () => {
    const filter = { status: "PENDING" } as const;
    const orders = [];
    for (let n = 0; n < 4; n++) orders.push(await add(`moving-${n}`, n, { tenantId: "movers" }));
    const { end = assert.fail() } = await lists.page({ tenantId: "movers", filter }, { limit: 2 });
    const left = { ...orders[2], orderId: "moving-2", status: "CONFIRMED", stage: "CONFIRMED" } as Order;
    await shop.client.send(new PutCommand({ TableName: shop.orders, Item: orderRecord(left) }));
    const next = await lists.page({ tenantId: "movers", filter }, { limit: 2, after: end });
    assert.deepEqual([end.orderId, idsOf(next.orders)], ["moving-2", ["moving-1", "moving-0"]]);
  });

  it("leaves out an order that the index still lists under a status which it no longer has", async () => {
    await add("stays", 1, { tenantId: "lag" });
    await add("moved", 2, { tenantId: "lag", status: "CONFIRMED", stage: "CONFIRMED" });
    const behind = { ":key": statusKey("lag", "PENDING") };
    const update = { UpdateExpression: "SET statusKey = :key", ExpressionAttributeValues: behind };
    await shop.client.send(new UpdateCommand({ TableName: shop.orders, Key: { orderId: "moved" }, ...update }));
    assert.deepEqual(await ids({ status: "PENDING" }, "lag"), ["stays"]);
  });
});
