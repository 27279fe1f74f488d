import type { HandlerFunctionArgs } from "./handlerFunction";
import type { OrderLedger } from "./orderLedger";
import type { TenantsByCaller } from "./tenantsByCaller";

/** The function behind GET /reports/orders; apart from the other GETs because it stands in the ledger's network. */
export function reportsFunction(
  { cluster, placement }: OrderLedger,
  { tenants, currency }: { readonly tenants: TenantsByCaller; readonly currency: string },
): Pick<HandlerFunctionArgs, "service" | "description" | "factory" | "statements" | "vpc"> {
  const { host, port, database } = cluster;
  return {
    service: "answerReports",
    description: "Answers GET /reports/orders out of the ledger",
    factory: async () => {
      const { httpEntry } = await import("../handlers/entries/httpEntry.js");
      const { reportOrders } = await import("../handlers/reportOrders.js");
      const { ledgerDatabase } = await import("../handlers/adapters/ledgerPool.js");
      const { ledgerReports } = await import("../handlers/adapters/ledgerReports.js");
      const address = { host: host.get(), port: port.get(), database, role: "reader" } as const;
      // Connecting and asking end before the function does, so that a caller is told when to come back.
      const ledger = ledgerDatabase({ ...address, patienceMs: 7_000 });
      return httpEntry(
        { service: "answerReports", tenants: tenants.get() },
        { "GET /reports/orders": reportOrders({ reports: ledgerReports(ledger), currency }) },
      );
    },
    statements: [cluster.canConnect("reader")],
    vpc: placement,
  };
}
