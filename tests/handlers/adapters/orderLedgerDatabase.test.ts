import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "mocha";
import type { Order } from "../../../contracts/order";
import type { LedgerDatabase } from "../../../handlers/adapters/ledgerPool";
import { orderLedgerDatabase, UPSERT } from "../../../handlers/adapters/orderLedgerDatabase";
import { anOrder, outOfStock } from "../../contracts/anOrder";
import { closeLedger, openLedger } from "./ledgerFixture";

describe("the ledger's rows", () => {
  let database: LedgerDatabase;
  before(async function () {
    this.timeout(90_000);
    database = await openLedger();
  });
  after(closeLedger);

  const order = (rest: Partial<Order> = {}): Order =>
    anOrder({ orderId: randomUUID(), createdAt: "2026-04-02T10:00:00.000Z", ...rest });
  const rowsOf = async ({ orderId }: Order) =>
    (await database.query<Record<string, unknown>>("select * from ledger.orders where order_id = $1", [orderId])).rows;

  it("are one an order, with what reports need", async () => {
    const failed = order({ status: "FAILED", stage: "FAILED", failure: outOfStock, version: 3 });
    assert.equal(await orderLedgerDatabase(database).keep(failed), true);
    const [row, ...more] = await rowsOf(failed);
    assert.deepEqual(more, []);
    assert.deepEqual(row, {
      ...{ order_id: failed.orderId, tenant_id: "acme", user_id: "user-1", status: "FAILED", stage: "FAILED" },
      ...{ failure_code: "OUT_OF_STOCK", amount_minor: "10997", currency: "EUR", units: 3, version: 3 },
      created_at: new Date(failed.createdAt),
      updated_at: new Date(failed.updatedAt),
      lines: [
        { product_id: "PROD-001", qty: 2, unit_price_minor: 2999 },
        { product_id: "PROD-003", qty: 1, unit_price_minor: 4999 },
      ],
    });
  });

  it("keep the latest version, however often and in whatever order versions come", async () => {
    const rows = orderLedgerDatabase(database);
    const first = order();
    const second: Order = { ...first, version: 2, stage: "INVENTORY_RESERVED" };
    const last: Order = { ...first, version: 4, stage: "CONFIRMED", status: "CONFIRMED" };
    const written: boolean[] = [];
    for (const version of [second, second, last, first, last, second]) written.push(await rows.keep(version));
    assert.deepEqual(written, [true, false, true, false, false, false]);
    assert.deepEqual(
      (await rowsOf(first)).map(({ version, status }) => [version, status]),
      [[4, "CONFIRMED"]],
    );
  });

  it("keep the latest version when all come at once", async () => {
    const rows = orderLedgerDatabase(database);
    const first = order();
    const versions = [3, 1, 5, 2, 4, 5, 1].map((version) => ({ ...first, version }));
    await Promise.all(versions.map((version) => rows.keep(version)));
    assert.deepEqual(
      (await rowsOf(first)).map(({ version }) => version),
      [5],
    );
  });

  it("are listed page by page in the order of their ids, over all months", async () => {
    const rows = orderLedgerDatabase(database);
    const ids = ["zz-1", "zz-2", "zz-3"];
    const months = ["2026-05", "2026-03", "2026-04"];
    for (const [at, orderId] of ids.entries()) {
      await rows.keep(order({ orderId, createdAt: `${months[at]}-02T10:00:00.000Z` }));
    }
    assert.deepEqual(await rows.entries("zz-", 2), [
      ["zz-1", 1, "PENDING", 10997],
      ["zz-2", 1, "PENDING", 10997],
    ]);
    assert.deepEqual(await rows.entries("zz-2", 2), [["zz-3", 1, "PENDING", 10997]]);
  });

  it("may be written but not deleted by the writer, and only read by the reader", async () => {
    const { orderId } = order();
    const as = (role: string, statement: string, values: unknown[] = []) =>
      database.transaction(async (client) => {
        await client.query(`set local role ${role}`);
        await client.query(statement, values);
      });
    const values = [
      orderId,
      "2026-04-02",
      "acme",
      "u",
      "PENDING",
      "RECEIVED",
      null,
      1,
      "EUR",
      1,
      "[]",
      1,
      "2026-04-02",
    ];
    await as("ledger_writer", UPSERT, values);
    await as("ledger_writer", UPSERT, values);
    await as("ledger_reader", "select * from ledger.orders limit 1");
    const denied = /permission denied for table orders/;
    await assert.rejects(as("ledger_writer", "delete from ledger.orders"), denied);
    await assert.rejects(as("ledger_reader", UPSERT, values), denied);
    await assert.rejects(as("ledger_reader", "truncate ledger.orders"), denied);
  });
});
