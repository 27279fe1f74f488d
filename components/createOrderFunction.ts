import type { ApiFunction, OrderApiArgs } from "./orderApi";
import type { TenantsByCaller } from "./tenantsByCaller";

/** The function that takes orders in. */
export function createOrderFunction(args: OrderApiArgs, tenants: TenantsByCaller): ApiFunction {
  const { orders, inventory, currency, dedupeIdenticalBodiesSeconds } = args;
  const ordersTable = orders.tableName;
  const inventoryTable = inventory.tableName;
  const { tableName: limitsTable, limits } = args.limits;
  const { backPressureDepth, limiterFailsOpen, backPressureFailsOpen } = args;
  return {
    service: "createOrder",
    description: "Answers POST /orders: accepts an order with one write",
    factory: async () => {
      const { randomUUID } = await import("node:crypto");
      const { httpEntry } = await import("../handlers/entries/httpEntry.js");
      const { createOrder } = await import("../handlers/createOrder.js");
      const { orderTable } = await import("../handlers/adapters/orderTable.js");
      const { catalogue } = await import("../handlers/adapters/catalogue.js");
      const { admission } = await import("../handlers/admission.js");
      const { tenantLimiter } = await import("../handlers/adapters/tenantLimiter.js");
      const { environmentVariable } = await import("../handlers/adapters/environmentVariable.js");
      const { queueDepth } = await import("../handlers/adapters/queueDepth.js");
      const now = (): Date => new Date();
      const admit = admission({
        limiter: tenantLimiter({ table: limitsTable.get(), limits }),
        queueDepth: queueDepth(environmentVariable("ORDER_QUEUE_URL"), now),
        ...{ backPressureDepth, limiterFailsOpen, backPressureFailsOpen, now },
      });
      return httpEntry(
        { service: "createOrder", tenants: tenants.get() },
        {
          "POST /orders": createOrder({
            admit,
            orders: orderTable(ordersTable.get()),
            catalogue: catalogue(inventoryTable.get()),
            currency,
            dedupeIdenticalBodiesSeconds,
            newId: () => randomUUID(),
            now,
          }),
        },
      );
    },
    environment: { ORDER_QUEUE_URL: args.queue.queueUrl },
    statements: [
      ...[orders.canAccept(), orders.canRead(), inventory.canLookUp()],
      ...[args.limits.canTake(), args.queue.canMeasure()],
      ...(dedupeIdenticalBodiesSeconds > 0 ? [orders.canCheck()] : []),
    ],
  };
}
