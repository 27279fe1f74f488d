/** What the ledger and the orders table both know of an order. */
export interface Facts {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  readonly amountMinor: number;
}

/** How an order's row differs. `behind` heals when its events arrive; the others do not. */
export type Difference =
  | { readonly kind: "behind" | "wrong"; readonly order: Facts; readonly row: Facts }
  | { readonly kind: "missing"; readonly order: Facts }
  | { readonly kind: "unknown"; readonly row: Facts };

export interface Comparison {
  readonly orders: number;
  readonly rows: number;
  /** Number of orders and their amount in minor units, by status. */
  readonly byStatus: Readonly<Record<string, { readonly orders: number; readonly amountMinor: number }>>;
  readonly differences: readonly Difference[];
}

/** Holds the ledger's rows against the orders, in whatever order they come. */
export function compare(orders: readonly Facts[], rows: readonly Facts[]): Comparison {
  const rowOf = new Map(rows.map((row) => [row.orderId, row]));
  const differences: Difference[] = [];
  const byStatus: Record<string, { orders: number; amountMinor: number }> = {};
  for (const order of orders) {
    const row = rowOf.get(order.orderId);
    rowOf.delete(order.orderId);
    const sums = (byStatus[order.status] ??= { orders: 0, amountMinor: 0 });
    sums.orders += 1;
    sums.amountMinor += order.amountMinor;
    const difference = row === undefined ? ({ kind: "missing", order } as const) : differenceOf(order, row);
    if (difference !== undefined) differences.push(difference);
  }
  for (const row of rowOf.values()) differences.push({ kind: "unknown", row });
  return { orders: orders.length, rows: rows.length, byStatus, differences };
}

function differenceOf(order: Facts, row: Facts): Difference | undefined {
  if (row.version < order.version) return { kind: "behind", order, row };
  const same = row.version === order.version && row.status === order.status && row.amountMinor === order.amountMinor;
  return same ? undefined : { kind: "wrong", order, row };
}
