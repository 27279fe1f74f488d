import type { ReportGroupBy } from "../../contracts/ordersReport";
import type { LedgerReports } from "../reportOrders";
import type { LedgerDatabase } from "./ledgerPool";

/** The rows that a report is made of, and nothing else: the times let PostgreSQL leave out all other partitions. */
const ASKED_FOR = "tenant_id = $1 and created_at >= $2 and created_at < $3";

const OUTCOMES = `
  count(*) as orders,
  count(*) filter (where status = 'CONFIRMED') as confirmed,
  count(*) filter (where status = 'FAILED') as failed`;

function byTime(format: string): string {
  return `
    select to_char(created_at at time zone 'UTC', '${format}') as "group", ${OUTCOMES},
      coalesce(sum(units) filter (where status = 'CONFIRMED'), 0) as units,
      coalesce(sum(amount_minor) filter (where status = 'CONFIRMED'), 0) as "revenueMinor"
    from ledger.orders where ${ASKED_FOR}
    group by 1 order by 1`;
}

/** The statement of each report; its values are tenant, first instant, and first instant after it. */
export const REPORTS: Readonly<Record<ReportGroupBy, string>> = {
  day: byTime("YYYY-MM-DD"),
  month: byTime("YYYY-MM"),
  // A product stands in an order once, so its lines count its orders.
  product: `
    select line.product_id as "group", ${OUTCOMES},
      coalesce(sum(line.qty) filter (where status = 'CONFIRMED'), 0) as units,
      coalesce(sum(line.qty * line.unit_price_minor) filter (where status = 'CONFIRMED'), 0) as "revenueMinor"
    from ledger.orders
    cross join lateral jsonb_to_recordset(lines) as line(product_id text, qty bigint, unit_price_minor bigint)
    where ${ASKED_FOR}
    group by 1 order by 1`,
};

type Row = Readonly<Record<"group" | "orders" | "confirmed" | "failed" | "units" | "revenueMinor", string>>;

/** Reports out of the ledger. */
export function ledgerReports(database: LedgerDatabase): LedgerReports {
  return {
    async orders({ tenantId, from, to, groupBy }) {
      const { rows } = await database.query<Row>(REPORTS[groupBy], [tenantId, from.toISOString(), to.toISOString()]);
      return rows.map(({ group, orders, confirmed, failed, units, revenueMinor }) => ({
        ...{ group, orders: Number(orders), confirmed: Number(confirmed), failed: Number(failed) },
        ...{ units: Number(units), revenueMinor: Number(revenueMinor) },
      }));
    },
  };
}
