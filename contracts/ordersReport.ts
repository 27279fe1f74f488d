import * as Type from "@sinclair/typebox";

/** What the orders of a report can be put together by. */
export const REPORT_GROUPS = ["day", "month", "product"] as const;

export type ReportGroupBy = (typeof REPORT_GROUPS)[number];

/** The most days that one report covers: a leap year. */
export const REPORT_DAYS_MAX = 366;

const Count = Type.Integer({ minimum: 0 });

/** The orders of one day, one month or one product. */
export const ReportGroup = Type.Object({
  group: Type.String({
    description: "The day (2026-03-01), the month (2026-03) or the product's id; days and months are of UTC.",
  }),
  orders: Type.Integer({ minimum: 0, description: "Orders that were placed, whatever became of them." }),
  confirmed: Count,
  failed: Count,
  units: Type.Integer({ minimum: 0, description: "Units in confirmed orders." }),
  revenue: Type.Number({ minimum: 0, description: "What confirmed orders come to: a decimal in the currency." }),
});
export type ReportGroup = Type.Static<typeof ReportGroup>;

/** 200 of GET /reports/orders. */
export const OrdersReport = Type.Object({
  from: Type.String({ description: "The first day." }),
  to: Type.String({ description: "The day after the last." }),
  groupBy: Type.Unsafe<ReportGroupBy>({ type: "string", enum: [...REPORT_GROUPS] }),
  currency: Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217." }),
  groups: Type.Array(ReportGroup, {
    description: "In the order of their names; a day or month without orders is absent.",
  }),
});
export type OrdersReport = Type.Static<typeof OrdersReport>;
