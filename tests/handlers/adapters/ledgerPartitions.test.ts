import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "mocha";
import type { LedgerDatabase } from "../../../handlers/adapters/ledgerPool";
import { ledgerPartitions } from "../../../handlers/adapters/ledgerPartitions";
import { ledgerSchema } from "../../../handlers/adapters/ledgerSchema";
import { orderLedgerDatabase } from "../../../handlers/adapters/orderLedgerDatabase";
import { monthOf } from "../../../handlers/ledger/month";
import { MIGRATIONS } from "../../../handlers/ledger/migrations/migrations";
import { anOrder } from "../../contracts/anOrder";
import { closeLedger, openLedger } from "./ledgerFixture";

describe("the ledger's partitions", () => {
  let database: LedgerDatabase;
  before(async function () {
    this.timeout(90_000);
    database = await openLedger();
  });
  after(closeLedger);

  const placeOf = async (orderId: string) => {
    const { rows } = await database.query<{ place: string }>(
      "select tableoid::regclass::text as place from ledger.orders where order_id = $1",
      [orderId],
    );
    return rows.map(({ place }) => place);
  };

  it("take each order into its month, and what has no month into the default partition", async () => {
    const rows = orderLedgerDatabase(database);
    const [known, unknown] = [randomUUID(), randomUUID()];
    await rows.keep(anOrder({ orderId: known, createdAt: "2026-04-30T23:59:59.999Z" }));
    await rows.keep(anOrder({ orderId: unknown, createdAt: "2019-07-01T00:00:00.000Z" }));
    assert.deepEqual(await placeOf(known), ["ledger.orders_2026_04"]);
    assert.deepEqual(await placeOf(unknown), ["ledger.orders_default"]);
  });

  it("take rows of their month out of the default partition when they are made, and are made once", async () => {
    const orderId = randomUUID();
    const order = anOrder({ orderId, createdAt: "2018-02-28T23:59:59.999Z" });
    await orderLedgerDatabase(database).keep(order);
    const partitions = ledgerPartitions(database);
    const stray = (await partitions.strays()).find(({ month }) => month.toISOString() === "2018-02-01T00:00:00.000Z");
    assert.equal(stray?.rows, 1);

    const month = monthOf(new Date(order.createdAt));
    assert.equal(await partitions.ensure(month), true);
    assert.deepEqual(await placeOf(orderId), ["ledger.orders_2018_02"]);
    assert.equal(await partitions.ensure(month), false);
    // The row is found under its key there too.
    assert.equal(await orderLedgerDatabase(database).keep(order), false);
    assert.equal(await orderLedgerDatabase(database).keep({ ...order, version: 2 }), true);
  });

  it("are part of a schema that is migrated once", async () => {
    assert.deepEqual(await ledgerSchema(database, MIGRATIONS).migrate(), []);
  });

  it("stay as they were when a migration fails, which is named", async () => {
    const broken = { ...MIGRATIONS, "9999_broken": "create table ledger.half (id int); select nonsense" };
    await assert.rejects(ledgerSchema(database, broken).migrate(), /The migration 9999_broken failed: .*nonsense/);
    const { rows } = await database.query<{ half: string | null }>("select to_regclass('ledger.half') as half");
    assert.deepEqual(rows, [{ half: null }]);
  });
});
