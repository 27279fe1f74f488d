import type { HandlerFunctionArgs } from "./handlerFunction";
import type { LedgerCluster } from "./ledgerCluster";
import type { OrderStore } from "./orderStore";

/** What a function of the ledger is and does. */
export type LedgerFunction = Pick<HandlerFunctionArgs, "service" | "description" | "factory" | "statements">;

/** Makes the database's roles; by the Data API, and so from outside of its network. */
export function preparing(cluster: LedgerCluster): LedgerFunction {
  const { arn, secretArn, database } = cluster;
  return {
    service: "prepareLedger",
    description: "Makes the roles of the ledger's database",
    factory: async () => {
      const { directEntry } = await import("../handlers/entries/directEntry.js");
      const { prepareLedger } = await import("../handlers/prepareLedger.js");
      const { dataApiAdministrator } = await import("../handlers/adapters/ledgerRoles.js");
      const administrator = dataApiAdministrator({ clusterArn: arn.get(), secretArn: secretArn.get(), database });
      return directEntry({ service: "prepareLedger" }, prepareLedger({ administrator }));
    },
    statements: cluster.canAdministrate(),
  };
}

/** Runs the migrations. */
export function migrating(cluster: LedgerCluster): LedgerFunction {
  const { host, port, database } = cluster;
  return {
    service: "migrateLedger",
    description: "Brings the ledger's schema up to date",
    factory: async () => {
      const { directEntry } = await import("../handlers/entries/directEntry.js");
      const { MIGRATIONS } = await import("../handlers/ledger/migrations/migrations.js");
      const { migrateLedger } = await import("../handlers/migrateLedger.js");
      const { maintainPartitions } = await import("../handlers/maintainPartitions.js");
      const { ledgerDatabase } = await import("../handlers/adapters/ledgerPool.js");
      const { ledgerPartitions } = await import("../handlers/adapters/ledgerPartitions.js");
      const { ledgerSchema } = await import("../handlers/adapters/ledgerSchema.js");
      const address = { host: host.get(), port: port.get(), database, role: "owner" } as const;
      // A migration may have a table to rewrite.
      const ledger = ledgerDatabase({ ...address, patienceMs: 240_000 });
      return directEntry(
        { service: "migrateLedger" },
        migrateLedger({
          schema: ledgerSchema(ledger, MIGRATIONS),
          maintain: maintainPartitions({ partitions: ledgerPartitions(ledger) }),
          now: () => new Date(),
        }),
      );
    },
    statements: [cluster.canConnect("owner")],
  };
}

/** Makes partitions ahead. */
export function maintaining(cluster: LedgerCluster): LedgerFunction {
  const { host, port, database } = cluster;
  return {
    service: "maintainPartitions",
    description: "Makes the ledger's partitions before they are needed",
    factory: async () => {
      const { scheduleEntry } = await import("../handlers/entries/scheduleEntry.js");
      const { maintainPartitions } = await import("../handlers/maintainPartitions.js");
      const { ledgerDatabase } = await import("../handlers/adapters/ledgerPool.js");
      const { ledgerPartitions } = await import("../handlers/adapters/ledgerPartitions.js");
      const ledger = ledgerDatabase({ host: host.get(), port: port.get(), database, role: "owner" });
      return scheduleEntry(
        { service: "maintainPartitions" },
        maintainPartitions({ partitions: ledgerPartitions(ledger) }),
      );
    },
    statements: [cluster.canConnect("owner")],
  };
}

/** Brings the row of an order up to date at each of its events. */
export function projecting(cluster: LedgerCluster, orders: OrderStore): LedgerFunction {
  const { host, port, database } = cluster;
  const ordersTable = orders.tableName;
  return {
    service: "projectOrder",
    description: "Keeps each order's row in the ledger",
    factory: async () => {
      const { eventEntry } = await import("../handlers/entries/eventEntry.js");
      const { projectOrder } = await import("../handlers/projectOrder.js");
      const { orderTable } = await import("../handlers/adapters/orderTable.js");
      const { ledgerDatabase } = await import("../handlers/adapters/ledgerPool.js");
      const { orderLedgerDatabase } = await import("../handlers/adapters/orderLedgerDatabase.js");
      const ledger = ledgerDatabase({ host: host.get(), port: port.get(), database, role: "writer" });
      return eventEntry(
        { service: "projectOrder" },
        projectOrder({ orders: orderTable(ordersTable.get()), rows: orderLedgerDatabase(ledger) }),
      );
    },
    statements: [orders.canRead(), cluster.canConnect("writer")],
  };
}

/** Lists the ledger for `npm run ledger -- verify`, which cannot reach the database. */
export function listing(cluster: LedgerCluster): LedgerFunction {
  const { host, port, database } = cluster;
  return {
    service: "listLedger",
    description: "Answers the ledger page by page, to be compared with the orders table",
    factory: async () => {
      const { directEntry } = await import("../handlers/entries/directEntry.js");
      const { listLedger } = await import("../handlers/listLedger.js");
      const { ledgerDatabase } = await import("../handlers/adapters/ledgerPool.js");
      const { orderLedgerDatabase } = await import("../handlers/adapters/orderLedgerDatabase.js");
      const ledger = ledgerDatabase({ host: host.get(), port: port.get(), database, role: "reader" });
      return directEntry({ service: "listLedger" }, listLedger({ pages: orderLedgerDatabase(ledger) }));
    },
    statements: [cluster.canConnect("reader")],
  };
}
