const STATUSES = ["PENDING", "CONFIRMED", "FAILED"] as const;
export type ByStatus = Readonly<Record<(typeof STATUSES)[number], number>>;

interface Api {
  readonly apiUrl: string;
  readonly apiKeys: Readonly<Record<string, string>>;
}

/** Orders of all tenants by status, as the public API lists them. */
export async function ordersByStatus({ apiUrl, apiKeys }: Api): Promise<ByStatus> {
  const counts = { PENDING: 0, CONFIRMED: 0, FAILED: 0 };
  for (const key of Object.values(apiKeys)) {
    for (const status of STATUSES) {
      for (let page: string | undefined = ""; page !== undefined;) {
        const headers = { "x-api-key": key };
        const answer = await fetch(`${apiUrl}/orders?status=${status}&limit=100${page}`, { headers });
        if (!answer.ok) throw new Error(`GET /orders answered ${answer.status}.`);
        const { orders, nextCursor } = (await answer.json()) as { orders: unknown[]; nextCursor?: string };
        counts[status] += orders.length;
        page = nextCursor === undefined ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`;
      }
    }
  }
  return counts;
}
