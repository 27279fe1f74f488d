/* eslint-disable no-console -- it is run by hand, for its figures */
import { Client } from "pg";
import { REPORTS } from "../../../handlers/adapters/ledgerReports";
import { monthsFrom } from "../../../handlers/ledger/month";
import { MIGRATIONS } from "../../../handlers/ledger/migrations/migrations";
import { roleStatements } from "../../../handlers/ledger/roles";
import { freePort, startPostgres } from "../../../local/rds/postgresProcess";

/**
 * `npm run ledger:bench`: a month's report over a million orders of two years, from the partitioned table and from the
 * same rows in one table with the same indexes, side by side. Takes a few minutes and about a gigabyte.
 */
const ORDERS = 1_000_000;
const MONTHS = 24;
const FIRST = new Date("2025-01-01T00:00:00Z");
const TENANTS = 4;
const RUNS = 7;

async function main(): Promise<void> {
  const postgres = await startPostgres(await freePort());
  const client = new Client({ host: "127.0.0.1", port: postgres.port, user: "postgres", database: "postgres" });
  await client.connect();
  try {
    await timed(`${ORDERS} orders in ${MONTHS} partitions`, () => fill(client));
    await timed("the same in one table", () => copy(client));
    const values = ["tenant-1", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"];
    for (const [what, report] of Object.entries(QUESTIONS)) {
      console.log(`\nMarch 2026, ${what}`);
      console.log(`  partitioned  ${told(await measure(client, report, values))}`);
      console.log(`  one table    ${told(await measure(client, inOneTable(report), values))}`);
    }
    await explained(client, REPORTS.day, values);
    await explained(client, inOneTable(REPORTS.day), values);
    console.log("\nForgetting the oldest month");
    await timed("  drop of a partition", () => client.query("drop table ledger.orders_2025_01"));
    await timed("  delete from one table", () =>
      client.query("delete from ledger.flat where created_at < '2025-02-01'"),
    );
  } finally {
    await client.end();
    await postgres.stop();
  }
}

async function fill(client: Client): Promise<void> {
  for (const statement of roleStatements()) await client.query(statement);
  await client.query("create schema ledger");
  for (const migration of Object.values(MIGRATIONS)) await client.query(migration);
  for (const { name, from, to } of monthsFrom(FIRST, MONTHS - 1)) {
    await client.query(
      `create table ledger.orders_${name} partition of ledger.orders
       for values from ('${from.toISOString()}') to ('${to.toISOString()}')`,
    );
  }
  // Orders come in the order of their creation, as they would: evenly over two years, four in five confirmed.
  await client.query(`
    insert into ledger.orders
    select md5(n::text)::uuid::text, at, 'tenant-' || n % ${TENANTS}, 'user-' || n % 5000,
      case when n % 5 = 0 then 'FAILED' else 'CONFIRMED' end, case when n % 5 = 0 then 'FAILED' else 'CONFIRMED' end,
      null, 10997, 'EUR', 3,
      jsonb_build_array(
        jsonb_build_object('product_id', 'PROD-' || n % 11, 'qty', 2, 'unit_price_minor', 2999),
        jsonb_build_object('product_id', 'PROD-' || (n + 1) % 11, 'qty', 1, 'unit_price_minor', 4999)
      ), 4, at
    from generate_series(0, ${ORDERS - 1}) as n,
      lateral (select timestamptz '2025-01-01 00:00:00+00' + n * (interval '730 days' / ${ORDERS}) as at) as created`);
  await client.query("analyze ledger.orders");
}

async function copy(client: Client): Promise<void> {
  await client.query(
    "create table ledger.flat (like ledger.orders including defaults, primary key (order_id, created_at))",
  );
  await client.query("create index flat_by_tenant on ledger.flat (tenant_id, created_at)");
  await client.query("insert into ledger.flat select * from ledger.orders order by created_at");
  await client.query("analyze ledger.flat");
}

/** A tenant's reports, for which both have an index, and the shop's, for which only the months help. */
const QUESTIONS = {
  [`one tenant of ${TENANTS}, by day`]: REPORTS.day,
  [`one tenant of ${TENANTS}, by product`]: REPORTS.product,
  "all tenants, by day": REPORTS.day.replace("tenant_id = $1", "$1::text is not null"),
};

function inOneTable(report: string): string {
  return report.replace("ledger.orders", "ledger.flat");
}

interface Measured {
  readonly medianMs: number;
  readonly tables: readonly string[];
  readonly pages: number;
}

async function measure(client: Client, statement: string, values: readonly string[]): Promise<Measured> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now();
    await client.query(statement, [...values]);
    times.push(performance.now() - from);
  }
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    `explain (analyze, buffers, format json) ${statement}`,
    [...values],
  );
  const plan = rows[0]?.["QUERY PLAN"][0].Plan as Plan;
  const tables = [...JSON.stringify(plan).matchAll(/"Relation Name":"([^"]+)"/g)].map(([, name]) => name ?? "");
  const pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  return { medianMs: times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0, tables, pages };
}

interface Plan {
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
}

function told({ medianMs, tables, pages }: Measured): string {
  return `${medianMs.toFixed(1)} ms (median of ${RUNS}), ${pages} pages of ${tables.join(", ")}`;
}

async function explained(client: Client, statement: string, values: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain (analyze, costs off) ${statement}`, [
    ...values,
  ]);
  console.log(`\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}`);
}

async function timed(what: string, run: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await run();
  console.log(`${what}: ${((performance.now() - from) / 1000).toFixed(2)} s`);
}

void main();
