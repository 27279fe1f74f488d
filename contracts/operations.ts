import type { Operation } from "./api/operation";
import { createOrder, getOrder, getOrderEvents, listOrders } from "./api/orderOperations";
import { getProduct, listProducts } from "./api/productOperations";
import { reportOrders } from "./api/reportOperations";
import { getRateLimit, health } from "./api/serviceOperations";
import type { ProblemKind } from "./problems";

export { ANSWER_HEADERS, type AnswerHeaderName } from "./api/headers";
export type { Operation, Parameter } from "./api/operation";
export { PAGE_LIMIT } from "./api/parameters";
export { API_SCHEMAS, type ApiSchemaName } from "./api/schemas";

/** Every operation of the API, by its operationId. */
export const OPERATIONS = {
  createOrder,
  getOrder,
  getOrderEvents,
  listOrders,
  listProducts,
  getProduct,
  reportOrders,
  getRateLimit,
  health,
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

/** What the gateway answers by itself to any request that needs an API key, before a function is asked, or instead of one. */
export const GATEWAY_PROBLEMS: readonly ProblemKind[] = [
  "unknown-caller",
  "forbidden",
  "too-many-requests",
  "quota-exceeded",
  "no-answer",
];
