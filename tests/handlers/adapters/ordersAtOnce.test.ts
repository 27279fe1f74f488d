import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { orderOf } from "../../../contracts/orderRecord";
import { ordersAtOnce } from "../../../handlers/adapters/ordersAtOnce";
import { ShopDatabase } from "./shopDatabase";

describe("ordersAtOnce", () => {
  let shop: ShopDatabase;
  const sent: string[] = [];
  before(async () => (shop = await ShopDatabase.open()));

  /** The real table; tells which commands are sent. */
  const finder = () => {
    const send = (command: any) => {
      sent.push(command.constructor.name);
      return shop.client.send(command);
    };
    return ordersAtOnce(shop.orders, { send } as never);
  };

  it("finds those that are looked for at once with one request, also twice the same, and misses what is not there", async () => {
    const orders = await Promise.all(Array.from({ length: 12 }, () => shop.addOrder()));
    const { find } = finder();
    const ids = [...orders.map(({ orderId }) => orderId), orders[0]!.orderId, "ghost"];
    const found = await Promise.all(ids.map((orderId) => find(orderId)));
    const stored = await Promise.all(orders.map(async ({ orderId }) => orderOf(await shop.order(orderId))));
    assert.deepEqual(found, [...stored, stored[0], undefined]);
    assert.deepEqual(sent.splice(0), ["BatchGetCommand"]);
  });

  it("finds more than one request can bring", async () => {
    const orders = await Promise.all(Array.from({ length: 130 }, () => shop.addOrder()));
    const { find } = finder();
    const found = await Promise.all(orders.map(({ orderId }) => find(orderId)));
    assert.deepEqual(
      found.map((order) => order?.orderId),
      orders.map(({ orderId }) => orderId),
    );
    assert.equal(sent.splice(0).length, 2);
  });

  it("finds an order beside an id that no key can be", async () => {
    const { orderId } = await shop.addOrder();
    const { find } = finder();
    const [found, wrong] = await Promise.allSettled([find(orderId), find("")]);
    assert.equal(found.status === "fulfilled" && found.value?.orderId, orderId);
    assert.equal(wrong.status, "rejected");
    sent.splice(0);
  });

  it("fails all of a request that fails, and finds them the next time", async () => {
    const { orderId } = await shop.addOrder();
    const errors = [new Error("away")];
    const send = async (command: any) => {
      const error = errors.pop();
      if (error !== undefined) throw error;
      return shop.client.send(command);
    };
    const { find } = ordersAtOnce(shop.orders, { send } as never);
    const outcomes = await Promise.allSettled([find(orderId), find("ghost")]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.equal((await find(orderId))?.orderId, orderId);
  });
});
