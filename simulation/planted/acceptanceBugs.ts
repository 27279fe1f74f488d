import type { PlantedBug } from "./plantedBug";

/** Sabotages of what happens between the customer and the Orders table. */
export const ACCEPTANCE_BUGS: readonly PlantedBug[] = [
  {
    id: "one-key-makes-one-order-for-all-tenants",
    file: "contracts/orderId.ts",
    find: "uuidV5(JSON.stringify([tenantId, key]), NAMESPACE)",
    replace: "uuidV5(JSON.stringify([key]), NAMESPACE)",
    promise: "liveness",
  },
  {
    id: "a-repeated-key-makes-another-order",
    file: "handlers/createOrder.ts",
    find: "key === undefined ? newId() : orderIdOf(tenantId, key)",
    replace: "newId()",
    promise: "orders",
  },
  {
    id: "another-body-under-a-used-key-is-accepted",
    file: "handlers/createOrder.ts",
    find: "if (existing.bodyHash !== bodyHash) {",
    replace: "if (existing.bodyHash === undefined) {",
    promise: "orders",
  },
  {
    id: "a-repeated-body-must-have-its-keys-in-the-same-order",
    file: "handlers/canonicalJson.ts",
    find: ".sort(([a], [b]) => (a < b ? -1 : 1))",
    replace: "",
    promise: "orders",
  },
  {
    id: "a-repeated-request-writes-its-order-anew",
    file: "handlers/adapters/orderTable.ts",
    find: '"attribute_not_exists(#orderId)"',
    replace: '"attribute_not_exists(#orderId) OR attribute_exists(#orderId)"',
    promise: "trail",
  },
  {
    id: "a-wrong-total-is-accepted",
    file: "handlers/priceOrder.ts",
    find: "if (totalAmount !== undefined && ",
    replace: "if (totalAmount === null && ",
    promise: "orders",
  },
  {
    id: "an-unknown-product-is-left-out-of-the-order",
    file: "handlers/priceOrder.ts",
    find: "if (unknown.length > 0) {",
    replace: "if (unknown.length > items.length) {",
    promise: "orders",
  },
  {
    id: "a-line-costs-the-price-of-one-unit",
    file: "handlers/priceOrder.ts",
    find: "sum + qty * unitPriceMinor",
    replace: "sum + unitPriceMinor",
    promise: "orders",
  },
];
