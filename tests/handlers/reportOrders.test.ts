import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ProblemDocument } from "../../contracts/problems";
import { reportOrders, type ReportQuery, type ReportRow } from "../../handlers/reportOrders";

const row: ReportRow = { group: "2026-03-01", orders: 3, confirmed: 2, failed: 1, units: 5, revenueMinor: 12_345 };

async function ask(query: Record<string, string>) {
  const queries: ReportQuery[] = [];
  const reports = { orders: async (asked: ReportQuery) => (queries.push(asked), [row]) };
  const request = { tenantId: "acme", pathParameters: {}, query, headers: {}, body: "", correlationId: "c" };
  const answer = await reportOrders({ reports, currency: "EUR" })(request);
  return { answer, queries };
}

async function mistakesOf(query: Record<string, string>): Promise<(string | undefined)[][]> {
  const { answer, queries } = await ask(query);
  assert.deepEqual(queries, []);
  assert.ok("problem" in answer);
  assert.equal(answer.problem.status, 400);
  return ((answer.problem as ProblemDocument).errors ?? []).map(({ pointer, detail }) => [pointer, detail]);
}

describe("GET /reports/orders", () => {
  it("answers the tenant's own orders from the first day until before the last, in decimals", async () => {
    const { answer, queries } = await ask({ from: "2026-03-01", to: "2026-04-01", groupBy: "month" });
    const [from, to] = [new Date("2026-03-01T00:00:00Z"), new Date("2026-04-01T00:00:00Z")];
    assert.deepEqual(queries, [{ tenantId: "acme", from, to, groupBy: "month" }]);
    const { revenueMinor: _, ...group } = row;
    assert.deepEqual(answer, {
      status: 200,
      body: {
        ...{ from: "2026-03-01", to: "2026-04-01", groupBy: "month", currency: "EUR" },
        groups: [{ ...group, revenue: 123.45 }],
      },
    });
  });

  it("goes by days when it is not told otherwise", async () => {
    assert.equal((await ask({ from: "2026-03-01", to: "2026-03-02" })).queries[0]?.groupBy, "day");
  });

  it("points at each parameter that is absent or no day", async () => {
    const detail = "Expected a day, such as 2026-03-01";
    const both = [
      ["/query/from", detail],
      ["/query/to", detail],
    ];
    assert.deepEqual(await mistakesOf({}), both);
    assert.deepEqual(await mistakesOf({ from: "2026-02-29", to: "1.3.2026" }), both);
    assert.deepEqual(await mistakesOf({ from: "2026-3-1", to: "2026-03-01T00:00:00Z" }), both);
  });

  it("points at a group that there is not, and at parameters that it does not know", async () => {
    const days = { from: "2026-03-01", to: "2026-03-02" };
    assert.deepEqual(await mistakesOf({ ...days, groupBy: "year" }), [
      ["/query/groupBy", "Expected one of day, month, product"],
    ]);
    assert.deepEqual(
      (await mistakesOf({ ...days, tenant: "globex" })).map(([pointer]) => pointer),
      ["/query/tenant"],
    );
  });

  it("refuses a span that is empty, backwards or longer than a year", async () => {
    const later = [["/query/to", "Expected a later day than from"]];
    assert.deepEqual(await mistakesOf({ from: "2026-03-01", to: "2026-03-01" }), later);
    assert.deepEqual(await mistakesOf({ from: "2026-03-02", to: "2026-03-01" }), later);
    assert.deepEqual(await mistakesOf({ from: "2026-01-01", to: "2027-01-03" }), [
      ["/query/to", "Expected at most 366 days after from"],
    ]);
    assert.equal((await ask({ from: "2028-01-01", to: "2029-01-01" })).queries.length, 1);
  });
});
