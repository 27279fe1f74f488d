import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "mocha";
import type { Order } from "../../../contracts/order";
import { REPORT_GROUPS } from "../../../contracts/ordersReport";
import type { LedgerDatabase } from "../../../handlers/adapters/ledgerPool";
import { ledgerReports, REPORTS } from "../../../handlers/adapters/ledgerReports";
import { orderLedgerDatabase } from "../../../handlers/adapters/orderLedgerDatabase";
import { anOrder } from "../../contracts/anOrder";
import { closeLedger, openLedger } from "./ledgerFixture";

describe("reports of the ledger", () => {
  const tenantId = `reports-${randomUUID()}`;
  let database: LedgerDatabase;
  before(async function () {
    this.timeout(90_000);
    database = await openLedger();
    const rows = orderLedgerDatabase(database);
    const confirmed: Partial<Order> = { status: "CONFIRMED", stage: "CONFIRMED" };
    const hub = [{ productId: "PROD-003", name: "USB-C Hub", qty: 3, unitPriceMinor: 4999 }];
    const placed: Partial<Order>[] = [
      { createdAt: "2026-03-31T23:59:59.999Z", ...confirmed },
      { createdAt: "2026-04-01T00:00:00.000Z", ...confirmed },
      { createdAt: "2026-04-01T12:00:00.000Z", status: "FAILED", stage: "FAILED" },
      { createdAt: "2026-04-02T12:00:00.000Z", ...confirmed, items: hub, amountMinor: 14_997 },
      { createdAt: "2026-04-02T12:30:00.000Z" },
      { createdAt: "2026-05-01T00:00:00.000Z", ...confirmed },
    ];
    for (const rest of placed) await rows.keep(anOrder({ orderId: randomUUID(), tenantId, ...rest }));
    await rows.keep(anOrder({ orderId: randomUUID(), tenantId: "somebody", createdAt: "2026-04-01T12:00:00.000Z" }));
  });
  after(closeLedger);

  const report = (groupBy: (typeof REPORT_GROUPS)[number], from = "2026-04-01", to = "2026-05-01") =>
    ledgerReports(database).orders({ tenantId, from: new Date(from), to: new Date(to), groupBy });

  it("count a tenant's own orders by day of UTC, and what the confirmed ones come to", async () => {
    assert.deepEqual(await report("day"), [
      { group: "2026-04-01", orders: 2, confirmed: 1, failed: 1, units: 3, revenueMinor: 10_997 },
      { group: "2026-04-02", orders: 2, confirmed: 1, failed: 0, units: 3, revenueMinor: 14_997 },
    ]);
  });

  it("hold the first day and not the last", async () => {
    const months = await report("month", "2026-03-31", "2026-05-01");
    assert.deepEqual(
      months.map(({ group, orders, revenueMinor }) => [group, orders, revenueMinor]),
      [
        ["2026-03", 1, 10_997],
        ["2026-04", 4, 25_994],
      ],
    );
  });

  it("count a product's orders, units and revenue out of the lines", async () => {
    assert.deepEqual(await report("product"), [
      { group: "PROD-001", orders: 3, confirmed: 1, failed: 1, units: 2, revenueMinor: 5_998 },
      { group: "PROD-003", orders: 4, confirmed: 2, failed: 1, units: 4, revenueMinor: 19_996 },
    ]);
  });

  for (const groupBy of REPORT_GROUPS) {
    it(`read the partitions of their months and no other, by ${groupBy}`, async () => {
      const read = (from: string, to: string) => partitionsRead(database, REPORTS[groupBy], [tenantId, from, to]);
      assert.deepEqual(await read("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"), ["orders_2026_04"]);
      assert.deepEqual(await read("2026-04-30T00:00:00Z", "2026-05-02T00:00:00Z"), [
        "orders_2026_04",
        "orders_2026_05",
      ]);
      // No partition takes these orders, so they would be in the default one.
      assert.deepEqual(await read("2031-01-01T00:00:00Z", "2031-02-01T00:00:00Z"), ["orders_default"]);
    });
  }
});

/** The tables that a statement's plan touches. */
async function partitionsRead(database: LedgerDatabase, statement: string, values: readonly unknown[]) {
  const { rows } = await database.query<{ "QUERY PLAN": unknown }>(`explain (format json) ${statement}`, values);
  const plan = JSON.stringify(rows[0]?.["QUERY PLAN"]);
  return [...plan.matchAll(/"Relation Name":\s*"([^"]+)"/g)].map(([, name]) => name).sort();
}
