import { OrdersReport } from "../ordersReport";
import {
  HealthView,
  OrderAccepted,
  OrderList,
  OrderTrail,
  OrderView,
  PlaceOrderBody,
  ProblemBody,
  ProductList,
  ProductView,
  RateLimitView,
} from "../schemas";

/** The shapes of the API by the names that its documents give them. */
export const API_SCHEMAS = {
  PlaceOrderBody,
  OrderAccepted,
  OrderView,
  OrderList,
  OrderTrail,
  ProductView,
  ProductList,
  RateLimitView,
  OrdersReport,
  HealthView,
  ProblemBody,
} as const;

export type ApiSchemaName = keyof typeof API_SCHEMAS;
