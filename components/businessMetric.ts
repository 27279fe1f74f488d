import * as tasks from "../contracts/orderTasks";
import type { Metric as BusinessMetric } from "../handlers/telemetry";
import { METRICS_NAMESPACE } from "./handlerFunction";
import { Metric, type Unit } from "./metric";

/** Who counts what; a new name in handlers/telemetry.ts is asked for here by the compiler. */
const COUNTED_BY: Readonly<Record<BusinessMetric, readonly [service: string, label: string, unit?: Unit]>> = {
  OrderCreated: ["createOrder", "accepted"],
  OrderProcessed: ["processOrder", "carried to an end"],
  OrderProcessingFailed: ["processOrder", "to be tried again"],
  InventoryReserved: [tasks.reserveInventory.name, "stock reserved"],
  InventoryReleased: [tasks.releaseInventory.name, "stock given back"],
  PaymentProcessed: [tasks.processPayment.name, "charged"],
  PaymentFailed: [tasks.processPayment.name, "declined"],
  PaymentRefunded: [tasks.refundPayment.name, "refunded"],
  ReceiptIssued: [tasks.issueReceipt.name, "receipt issued"],
  OrderConfirmed: [tasks.confirmOrder.name, "confirmed"],
  OrderFailed: [tasks.failOrder.name, "failed"],
  OrderFaulted: [tasks.cancelOrder.name, "failed by a technical fault"],
  OrderRevenue: [tasks.confirmOrder.name, "revenue", "currency"],
  UnitsSold: [tasks.confirmOrder.name, "units sold"],
  OrderPlacedEventEmitted: ["publishEvents", "OrderPlaced published"],
  OrdersRequeued: ["reconcileOrders", "queued again"],
  LedgerDefaultPartitionRows: ["maintainPartitions", "rows without a partition"],
  EventRecorded: ["recordEvent", "recorded in the trail"],
  EventContradicted: ["recordEvent", "contradicting the trail"],
  RateLimited: ["createOrder", "refused: tenant too fast"],
  LimiterUnavailable: ["createOrder", "limits unknown"],
  BackPressureApplied: ["createOrder", "refused: queue too deep"],
  QueueDepthUnavailable: ["createOrder", "queue depth unknown"],
  CustomerNotified: ["notifyCustomer", "customers told"],
  CustomerNotificationFailed: ["notifyCustomer", "messages that failed"],
};

/** A metric of the business, as the function that counts it publishes it: by `service` and nothing else. */
export function businessMetric(name: BusinessMetric): Metric {
  const [service, label, unit = "count"] = COUNTED_BY[name];
  return new Metric({
    ...{ namespace: METRICS_NAMESPACE, name, dimensions: { service }, label, unit },
    statistic: "Sum",
  });
}
