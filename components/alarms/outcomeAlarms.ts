import { businessMetric } from "../businessMetric";
import type { MetricMath } from "../metric";
import { FIVE_MINUTES, ONCE, type AlarmDefinition } from "./alarmDefinition";
import type { AlarmThresholds } from "./alarmThresholds";

/** Failed orders, of a hundred that came to an end, where there are enough of them to speak of. */
export function failureRate({ failureMinOrders }: AlarmThresholds): MetricMath {
  return {
    metrics: { failed: businessMetric("OrderFailed"), confirmed: businessMetric("OrderConfirmed") },
    // Brought together by SUM, because a period in which no order failed, or none was confirmed, has no data of that.
    expression: `IF(SUM([failed, confirmed]) >= ${failureMinOrders}, 100 * failed / SUM([failed, confirmed]), 0)`,
    label: "failed orders, %",
  };
}

/** How orders end, and what has to be looked after on the way. */
export function outcomeAlarms(thresholds: AlarmThresholds): readonly AlarmDefinition[] {
  const { failurePercent, requeuedOrders } = thresholds;
  const often = { goesOff: "above", missing: "notBreaching", mail: "unless orders stand" } as const;
  return [
    {
      ...{ id: "business-failures", severity: "now", ...often, ...FIVE_MINUTES },
      meaning: `More than ${failurePercent} % of the orders that came to an end failed: out of stock, or payment declined.`,
      firstStep: "Tell the two apart on the dashboard (row 'orders'), then ask the payment provider or restock.",
      watched: failureRate(thresholds),
      threshold: failurePercent,
    },
    {
      ...{ id: "requeued-orders", severity: "today", ...often, ...FIVE_MINUTES },
      meaning: "Orders were late and had to be queued again: a message was lost, or something held them up.",
      firstStep: "npm run order -- ORDER_ID (ids are in the log of reconcileOrders) shows where they stood.",
      watched: businessMetric("OrdersRequeued"),
      threshold: requeuedOrders,
    },
    {
      ...{ id: "trail-contradicted", severity: "today", ...often, ...ONCE },
      meaning: "An event came under the id of another one that the audit trail has: somebody forged it, or we erred.",
      firstStep: "Compare both (npm run dead-letters -- show ID, npm run order -- ORDER_ID --json); keep the letter.",
      watched: businessMetric("EventContradicted"),
      threshold: 0,
    },
  ];
}
