import type { ApiFunction, OrderApiArgs } from "./orderApi";
import type { TenantsByCaller } from "./tenantsByCaller";

/** The one function behind all GETs, so that a seldom one finds it warm; it may read, and nothing else. */
export function queriesFunction(args: OrderApiArgs, tenants: TenantsByCaller): ApiFunction {
  const { orders, inventory, trail, currency } = args;
  const ordersTable = orders.tableName;
  const { tableName: inventoryTable, stockShards } = inventory;
  const eventsTable = trail.tableName;
  const { tableName: limitsTable, limits } = args.limits;
  return {
    service: "answerQueries",
    description: "Answers every GET: looks, and changes nothing",
    factory: async () => {
      const { httpEntry } = await import("../handlers/entries/httpEntry.js");
      const { getOrder } = await import("../handlers/getOrder.js");
      const { getOrderEvents } = await import("../handlers/getOrderEvents.js");
      const { listOrders } = await import("../handlers/listOrders.js");
      const { getProduct } = await import("../handlers/getProduct.js");
      const { listProducts } = await import("../handlers/listProducts.js");
      const { getRateLimit } = await import("../handlers/getRateLimit.js");
      const { tenantLimiter } = await import("../handlers/adapters/tenantLimiter.js");
      const { orderTable } = await import("../handlers/adapters/orderTable.js");
      const { eventTrail } = await import("../handlers/adapters/eventTrail.js");
      const { orderLists } = await import("../handlers/adapters/orderLists.js");
      const { productShelf } = await import("../handlers/adapters/productShelf.js");
      const orders = orderTable(ordersTable.get());
      const lists = orderLists(ordersTable.get());
      const shelf = productShelf({ inventoryTable: inventoryTable.get(), stockShards });
      const limiter = tenantLimiter({ table: limitsTable.get(), limits });
      return httpEntry(
        { service: "answerQueries", tenants: tenants.get() },
        {
          "GET /orders/{orderId}": getOrder({ orders }),
          "GET /orders/{orderId}/events": getOrderEvents({ orders, trail: eventTrail(eventsTable.get()) }),
          "GET /orders": listOrders({ orders: lists }),
          "GET /products": listProducts({ shelf, currency }),
          "GET /products/{productId}": getProduct({ shelf, currency }),
          "GET /rate-limit": getRateLimit({ limiter, now: () => new Date() }),
        },
      );
    },
    statements: [orders.canRead(), ...orders.canList(), inventory.canBrowse(), trail.canRead(), args.limits.canLook()],
  };
}
