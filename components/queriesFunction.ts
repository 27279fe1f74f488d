import type { ApiFunction, OrderApiArgs } from "./orderApi";
import type { TenantKeys } from "./tenantKeys";

/** The one function behind all GETs, so that a seldom one finds it warm; it may read, and nothing else. */
export function queriesFunction({ orders }: OrderApiArgs, keys: TenantKeys): ApiFunction {
  const ordersTable = orders.tableName;
  const tenants = keys.tenantByKeyId;
  return {
    service: "answerQueries",
    description: "Answers every GET: looks, and changes nothing",
    factory: async () => {
      const { httpEntry } = await import("../handlers/entries/httpEntry.js");
      const { getOrder } = await import("../handlers/getOrder.js");
      const { orderTable } = await import("../handlers/adapters/orderTable.js");
      const orders = orderTable(ordersTable.get());
      return httpEntry(
        { service: "answerQueries", tenants: tenants.get() },
        {
          "GET /orders/{orderId}": getOrder({ orders }),
        },
      );
    },
    statements: [orders.canRead()],
  };
}
