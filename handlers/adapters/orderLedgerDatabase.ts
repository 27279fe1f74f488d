import type { Order } from "../../contracts/order";
import type { LedgerEntry, LedgerPages } from "../listLedger";
import type { LedgerRows } from "../projectOrder";
import type { LedgerDatabase } from "./ledgerPool";

/** The columns of a row, and an order's value for each. */
const COLUMNS: Readonly<Record<string, (order: Order) => unknown>> = {
  order_id: ({ orderId }) => orderId,
  created_at: ({ createdAt }) => createdAt,
  tenant_id: ({ tenantId }) => tenantId,
  user_id: ({ userId }) => userId,
  status: ({ status }) => status,
  stage: ({ stage }) => stage,
  failure_code: ({ failure }) => failure?.code ?? null,
  amount_minor: ({ amountMinor }) => amountMinor,
  currency: ({ currency }) => currency,
  units: ({ items }) => items.reduce((units, { qty }) => units + qty, 0),
  lines: ({ items }) => JSON.stringify(items.map(lineOf)),
  version: ({ version }) => version,
  updated_at: ({ updatedAt }) => updatedAt,
};

/** What changes of an order after it was accepted. */
const CHANGING = ["status", "stage", "failure_code", "version", "updated_at"];

/**
 * One statement, so it takes effect at once or not at all, and the version is compared in the same instant as the row is
 * written: of two that race, the later version stays.
 */
export const UPSERT = `
  insert into ledger.orders as kept (${Object.keys(COLUMNS).join(", ")})
  values (${Object.keys(COLUMNS)
    .map((_, position) => `$${position + 1}`)
    .join(", ")})
  on conflict (order_id, created_at) do update
  set ${CHANGING.map((column) => `${column} = excluded.${column}`).join(", ")}
  where excluded.version > kept.version`;

const ENTRIES = `
  select order_id as "orderId", version, status, amount_minor as "amountMinor"
  from ledger.orders where order_id > $1 order by order_id limit $2`;

/** Orders as the ledger keeps them: written by the consumer, and read page by page to be compared. */
export function orderLedgerDatabase(database: LedgerDatabase): LedgerRows & LedgerPages {
  return {
    async keep(order) {
      const { rowCount } = await database.query(
        UPSERT,
        Object.values(COLUMNS).map((value) => value(order)),
      );
      return rowCount === 1;
    },

    async entries(after, limit) {
      const { rows } = await database.query<EntryRow>(ENTRIES, [after, limit]);
      return rows.map(({ orderId, version, status, amountMinor }): LedgerEntry => {
        return [orderId, version, status, Number(amountMinor)];
      });
    },
  };
}

interface EntryRow {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  /** The driver answers 64-bit integers as texts. */
  readonly amountMinor: string;
}

function lineOf({ productId, qty, unitPriceMinor }: Order["items"][number]) {
  return { product_id: productId, qty, unit_price_minor: unitPriceMinor };
}
