/** A row of the ledger in few words: id, version, status, amount in minor units. */
export type LedgerEntry = readonly [orderId: string, version: number, status: string, amountMinor: number];

/** A page of the ledger, in the order of the ids. */
export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Ask for the next page with it; absent on the last one. */
  readonly after?: string;
}

/** The ledger's rows as they are compared with the orders table. */
export interface LedgerPages {
  /** Entries whose ids come after `after`, at most so many, in the order of the ids. */
  entries(after: string, limit: number): Promise<readonly LedgerEntry[]>;
}

/** About 90 bytes an entry: 900 KB of the 6 MB that an invocation may answer. */
const ENTRIES_A_PAGE = 10_000;

/** Answers the ledger page by page, so that somebody outside of its network can compare it with the orders table. */
export function listLedger({
  pages,
  limit = ENTRIES_A_PAGE,
}: {
  readonly pages: LedgerPages;
  readonly limit?: number;
}) {
  return async ({ after = "" }: { readonly after?: string }): Promise<LedgerPage> => {
    const entries = await pages.entries(after, limit);
    const last = entries.at(-1);
    return { entries, ...(entries.length === limit && last && { after: last[0] }) };
  };
}
