import type { ApiFunction, OrderApiArgs } from "./orderApi";
import type { TenantKeys } from "./tenantKeys";

/** The function that takes orders in. */
export function createOrderFunction({ orders, inventory, currency }: OrderApiArgs, keys: TenantKeys): ApiFunction {
  const ordersTable = orders.tableName;
  const inventoryTable = inventory.tableName;
  const tenants = keys.tenantByKeyId;
  return {
    service: "createOrder",
    description: "Answers POST /orders: accepts an order with one write",
    factory: async () => {
      const { randomUUID } = await import("node:crypto");
      const { httpEntry } = await import("../handlers/entries/httpEntry.js");
      const { createOrder } = await import("../handlers/createOrder.js");
      const { orderTable } = await import("../handlers/adapters/orderTable.js");
      const { catalogue } = await import("../handlers/adapters/catalogue.js");
      return httpEntry(
        { service: "createOrder", tenants: tenants.get() },
        {
          "POST /orders": createOrder({
            orders: orderTable(ordersTable.get()),
            catalogue: catalogue(inventoryTable.get()),
            currency,
            newId: () => randomUUID(),
            now: () => new Date(),
          }),
        },
      );
    },
    statements: [orders.canAccept(), orders.canRead(), inventory.canLookUp()],
  };
}
