import { REPORT_DAYS_MAX, REPORT_GROUPS } from "../ordersReport";
import type { Operation } from "./operation";
import { CORRELATION_ID } from "./parameters";

const DAY = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" } as const;

/** GET /reports/orders; only in stacks that keep the ledger. */
export const reportOrders: Operation = {
  method: "GET",
  path: "/reports/orders",
  tag: "Orders",
  summary: "Count orders and revenue",
  description:
    "How many orders there were, what became of them, and what the confirmed ones come to, by day, month or product. " +
    "It is made of a copy that is a few seconds behind the orders. Stacks without that copy, the ledger, do not have " +
    "this operation: there it answers 404 (no-such-operation).",
  parameters: [
    {
      name: "from",
      in: "query",
      required: true,
      description: "The first day of the report, of UTC.",
      schema: DAY,
      example: "2026-03-01",
    },
    {
      name: "to",
      in: "query",
      required: true,
      description: `The day after its last, of UTC; at most ${REPORT_DAYS_MAX} days after from.`,
      schema: DAY,
      example: "2026-04-01",
    },
    {
      name: "groupBy",
      in: "query",
      required: false,
      description: "What the orders are put together by; without it, by day.",
      schema: { type: "string", enum: [...REPORT_GROUPS] },
    },
    CORRELATION_ID,
  ],
  answers: {
    200: {
      description: "The report.",
      schema: "OrdersReport",
      example: {
        ...{ from: "2026-03-01", to: "2026-04-01", groupBy: "month", currency: "EUR" },
        groups: [{ group: "2026-03", orders: 120, confirmed: 97, failed: 23, units: 201, revenue: 10_482.13 }],
      },
    },
  },
  problems: ["invalid-request", "internal-fault", "unavailable"],
  access: "tenant",
};
