import { reportOrders as operation } from "../contracts/api/reportOperations";
import type { HttpHandler } from "../contracts/http";
import { toDecimal } from "../contracts/money";
import { REPORT_DAYS_MAX, type OrdersReport, type ReportGroup, type ReportGroupBy } from "../contracts/ordersReport";
import type { Violation } from "../contracts/problems";
import { invalidQuery, pointerTo, readQuery } from "./queryParameters";

/** What is asked of the ledger: a tenant's orders that were created from `from` until before `to`. */
export interface ReportQuery {
  readonly tenantId: string;
  readonly from: Date;
  readonly to: Date;
  readonly groupBy: ReportGroupBy;
}

/** A group as the ledger answers it, in minor units. */
export type ReportRow = Omit<ReportGroup, "revenue"> & { readonly revenueMinor: number };

export interface LedgerReports {
  /** In the order of the groups' names. */
  orders(query: ReportQuery): Promise<readonly ReportRow[]>;
}

export interface ReportOrdersDeps {
  readonly reports: LedgerReports;
  /** The one currency of all orders, ISO 4217. */
  readonly currency: string;
}

/** GET /reports/orders: how many orders there were and what they came to, from day `from` until before day `to`, of UTC. */
export function reportOrders({ reports, currency }: ReportOrdersDeps): HttpHandler {
  return async (request) => {
    const { values, violations } = readQuery(request, operation);
    const [from, to] = [readDay("from", values), readDay("to", values)];
    const wrong = [...violations, ...mistakesIn({ from, to }, violations)];
    if (from === undefined || to === undefined || wrong.length > 0) return invalidQuery(wrong);
    const groupBy = (values.get("groupBy") ?? "day") as ReportGroupBy;
    const rows = await reports.orders({ tenantId: request.tenantId, from, to, groupBy });
    const body: OrdersReport = {
      ...{ from: isoDay(from), to: isoDay(to), groupBy, currency },
      groups: rows.map(({ revenueMinor, ...row }) => ({ ...row, revenue: toDecimal(revenueMinor, currency) })),
    };
    return { status: 200, body };
  };
}

const DAY_MS = 86_400_000;

/** Undefined unless it is a day of the calendar: a 31st of February would become the 3rd of March. */
function readDay(name: "from" | "to", values: ReadonlyMap<string, string>): Date | undefined {
  const text = values.get(name) ?? "";
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : NaN);
  return !Number.isNaN(date.getTime()) && isoDay(date) === text ? date : undefined;
}

/** What is wrong with the span of days, beside what was found already. */
function mistakesIn(
  { from, to }: { readonly from: Date | undefined; readonly to: Date | undefined },
  found: readonly Violation[],
): Violation[] {
  const mistakes = Object.entries({ from, to })
    .filter(([name, date]) => date === undefined && !found.some(({ pointer }) => pointer === pointerTo(name)))
    .map(([name]) => ({ pointer: pointerTo(name), detail: "Expected a day, such as 2026-03-01" }));
  if (from === undefined || to === undefined) return mistakes;
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0) mistakes.push({ pointer: pointerTo("to"), detail: "Expected a later day than from" });
  if (days > REPORT_DAYS_MAX) {
    mistakes.push({ pointer: pointerTo("to"), detail: `Expected at most ${REPORT_DAYS_MAX} days after from` });
  }
  return mistakes;
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
