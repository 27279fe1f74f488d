import type { Comparison, Difference, Facts } from "./compare";

const MOST_SHOWN = 20;

/** What people read of a comparison. */
export function comparisonText({ orders, rows, byStatus, differences }: Comparison): string {
  const sums = Object.entries(byStatus).map(
    ([status, sum]) => `  ${status.padEnd(10)} ${sum.orders} orders, ${sum.amountMinor} in minor units`,
  );
  if (differences.length === 0)
    return [`The ledger agrees with the orders table: ${orders} orders.`, ...sums].join("\n");
  const rest = differences.length - MOST_SHOWN;
  return [
    `The ledger differs in ${differences.length} of ${orders} orders; it has ${rows} rows.`,
    ...differences.slice(0, MOST_SHOWN).map(line),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join("\n");
}

function line(difference: Difference): string {
  switch (difference.kind) {
    case "missing":
      return `  ${difference.order.orderId}  missing: the ledger has no row of ${told(difference.order)}`;
    case "unknown":
      return `  ${difference.row.orderId}  unknown: a row of ${told(difference.row)}, but no order`;
    case "behind":
    case "wrong":
      return `  ${difference.order.orderId}  ${difference.kind}: ${told(difference.row)} in place of ${told(difference.order)}`;
  }
}

function told({ version, status, amountMinor }: Facts): string {
  return `version ${version}, ${status}, ${amountMinor}`;
}
