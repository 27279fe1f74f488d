import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { orderTable } from "../../../handlers/adapters/orderTable";
import type { Orders } from "../../../handlers/createOrder";
import { anOrder } from "../../contracts/anOrder";
import { ShopDatabase } from "./shopDatabase";

describe("orderTable", () => {
  let shop: ShopDatabase;
  let orders: Orders;

  before(async () => {
    shop = await ShopDatabase.open();
    orders = orderTable(shop.orders, shop.client);
  });

  it("stores an order with the keys of its indexes, and finds it", async () => {
    const order = anOrder({ orderId: "new" });
    assert.equal(await orders.create(order), undefined);
    const { userKey, statusKey } = await shop.order("new");
    assert.deepEqual([userKey, statusKey], ["acme#user-1", "acme#PENDING"]);
    assert.deepEqual(await orders.find("new"), order);
  });

  it("answers the order that has the id, and leaves it as it is", async () => {
    const first = anOrder({ orderId: "taken" });
    await orders.create(first);
    assert.deepEqual(await orders.create({ ...first, userId: "user-2", bodyHash: "other" }), first);
    assert.deepEqual(await orders.find("taken"), first);
  });

  it("lets one of simultaneous orders with one id be the first", async () => {
    const order = anOrder({ orderId: "race" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => orders.create({ ...order, userId: `user-${n}` })),
    );
    assert.equal(answers.filter((existing) => existing === undefined).length, 1);
  });

  it("finds nothing where nothing is", async () => {
    assert.equal(await orders.find("nothing"), undefined);
  });
});
