import type { Month } from "../ledger/month";
import type { Partitions } from "../maintainPartitions";
import type { LedgerDatabase } from "./ledgerPool";

const STRAYS = `
  select date_trunc('month', created_at, 'UTC') as month, count(*)::int as rows
  from ledger.orders_default group by 1 order by 1`;

/** Partitions of the ledger's orders, one a month: `ledger.orders_2026_03`. */
export function ledgerPartitions(database: LedgerDatabase): Partitions {
  return {
    async strays() {
      const { rows } = await database.query<{ month: Date; rows: number }>(STRAYS);
      return rows;
    },

    async ensure(month) {
      const { rows } = await database.query("select from pg_class where oid = to_regclass($1)", [partitionOf(month)]);
      if (rows.length > 0) return false;
      await database.transaction(async (client) => {
        for (const statement of makingOf(month)) await client.query(statement);
      });
      return true;
    },
  };
}

function partitionOf({ name }: Month): string {
  return `ledger.orders_${name}`;
}

/**
 * The table is filled before it is attached: PostgreSQL refuses a partition for rows that the default partition holds
 * (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-ATTACH-PARTITION). Writers to the default
 * partition wait meanwhile, and so would everybody behind a long report: then this gives up, and the next run tries again.
 */
function makingOf(month: Month): string[] {
  const partition = partitionOf(month);
  const [from, to] = [month.from.toISOString(), month.to.toISOString()];
  return [
    "set local lock_timeout = '5s'",
    "lock table ledger.orders_default in access exclusive mode",
    `create table ${partition} (like ledger.orders including defaults including constraints)`,
    `with moved as (
       delete from ledger.orders_default where created_at >= '${from}' and created_at < '${to}' returning *
     ) insert into ${partition} select * from moved`,
    `alter table ledger.orders attach partition ${partition} for values from ('${from}') to ('${to}')`,
  ];
}
