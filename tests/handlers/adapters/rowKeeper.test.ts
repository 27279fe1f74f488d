import assert from "node:assert/strict";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { rowKeeper } from "../../../handlers/adapters/rowKeeper";
import { ShopDatabase } from "./shopDatabase";

describe("rows that are kept", () => {
  let shop: ShopDatabase;
  before(async () => {
    shop = await ShopDatabase.open();
  });

  const keeper = (database = shop.client) => rowKeeper({ table: shop.payments, key: ["orderId"], database });
  const row = async (orderId: string): Promise<unknown> =>
    (await shop.client.send(new GetCommand({ TableName: shop.payments, Key: { orderId } }))).Item;

  /** The shop's database, which notes how many rows a request brings, and answers as `answer` says. */
  const watched = (answer?: (requests: any) => unknown) => {
    const sizes: number[] = [];
    const send = async (command: any): Promise<unknown> => {
      sizes.push(command.input.RequestItems[shop.payments].length);
      return answer?.(command.input.RequestItems) ?? (await shop.client.send(command));
    };
    return { sizes, database: { send } as never };
  };

  it("go 25 a request when they are handed over together", async () => {
    const { sizes, database } = watched();
    const keep = keeper(database);
    await Promise.all(Array.from({ length: 30 }, (_, at) => keep({ orderId: `k-${at}`, at })));
    assert.deepEqual(sizes, [25, 5]);
    assert.deepEqual(await row("k-29"), { orderId: "k-29", at: 29 });
  });

  it("take the place of what was there, the last of two in one turn as well", async () => {
    const keep = keeper();
    await keep({ orderId: "k-a", first: true });
    await Promise.all([keep({ orderId: "k-a", second: true }), keep({ orderId: "k-a", third: true })]);
    assert.deepEqual(await row("k-a"), { orderId: "k-a", third: true });
  });

  it("are brought again when the table left them out", async () => {
    let refusals = 1;
    const { sizes, database } = watched((requests) =>
      refusals-- > 0 ? { UnprocessedItems: { [shop.payments]: requests[shop.payments].slice(1) } } : undefined,
    );
    const keep = keeper(database);
    await Promise.all(["k-x", "k-y", "k-z"].map((orderId) => keep({ orderId })));
    assert.deepEqual(sizes, [3, 2]);
    assert.deepEqual(await row("k-z"), { orderId: "k-z" });
  });

  it("are given up when the table goes on leaving them out", async () => {
    const { database } = watched((requests) => ({ UnprocessedItems: requests }));
    await assert.rejects(keeper(database)({ orderId: "k-n" }), { name: "ProvisionedThroughputExceededException" });
  });
});
