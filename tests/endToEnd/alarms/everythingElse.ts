import type { BusEvent } from "../../../local/feed";
import { MOUSE, type Site } from "./scenario";

/**
 * What no alarm needs to go off: reports, a tenant that is too fast, payments that are declined, tables that refuse reads
 * and writes, writes that meet, undos that fail, and in the end queues that somebody deletes. Nothing works after it.
 */
export async function everythingElse(site: Site): Promise<void> {
  await looksAndRefusals(site);
  await declines(site);
  await busyTables(site);
  await failedUndo(site);
  await lostQueues(site);
}

async function looksAndRefusals({ shop }: Site): Promise<void> {
  await shop.request("GET", "/reports/orders?from=2026-01-01&to=2026-02-01&groupBy=day");
  const hurried = { "x-api-key": shop.outputs.apiKeys["slow"] ?? "" };
  for (let order = 0; order < 3; order++) await shop.place(MOUSE, hurried);
}

/** An order's id is made of its key and decides about its payment, so it is the same ones in each run. */
async function declines({ shop }: Site): Promise<void> {
  const isDeclined = ({ "detail-type": type }: BusEvent): boolean => type === "PaymentFailed";
  for (let order = 0; order < 100 && !shop.events.some(isDeclined); order += 5) {
    const keys = [0, 1, 2, 3, 4].map((next) => ({ "idempotency-key": `declined-${order + next}` }));
    const orders = await Promise.all(keys.map((key) => shop.accepted(MOUSE, key)));
    await Promise.all(orders.map((orderId) => shop.final(orderId)));
  }
}

async function busyTables({ shop, operator, pace }: Site): Promise<void> {
  const { faults } = shop.pipeline.runtime;
  const orderId = await shop.accepted(MOUSE);
  const paths = ["/products", "/products/PROD-001", "/rate-limit", `/orders/${orderId}`, `/orders/${orderId}/events`];
  // How deep the queue is was just asked, and is not asked again within a second.
  await pace.pass(1);
  faults.set({ seed: 5, rates: { throttle: 1 } });
  // Each is tried again for seconds.
  await Promise.all([shop.place(MOUSE), ...paths.map((path) => shop.request("GET", path))]);
  // A trail is read where its order could be.
  faults.set({ seed: 5, rates: { throttle: 1 }, only: { action: "dynamodb:Query" } });
  await shop.request("GET", `/orders/${orderId}/events`);
  // A throttled write to each table, transactions that meet another, at one of their tables by chance, and a message that
  // cannot be sent.
  const throttled = (service: string, operation: string) =>
    ({ action: `dynamodb:${operation}`, roles: [operator.roleOf(service)], times: 1 }) as const;
  for (const { orders = 1, ...strike } of [
    { rates: { throttle: 1 }, only: throttled("ReserveInventory", "TransactWriteItems") },
    { rates: { throttle: 1 }, only: throttled("ProcessPayment", "UpdateItem") },
    { rates: { throttle: 1 }, only: throttled("recordEvent", "BatchExecuteStatement") },
    { rates: { throttle: 1 }, only: throttled("notifyCustomer", "BatchExecuteStatement") },
    { rates: { conflict: 1 }, only: { action: "dynamodb:TransactWriteItems", times: 20 }, orders: 10 },
    {
      rates: { failBefore: 1 },
      only: { action: "sns:PublishBatch", roles: [operator.roleOf("notifyCustomer")], times: 4 },
    },
  ]) {
    faults.set({ seed: 6, ...strike });
    await Promise.all(Array.from({ length: orders }, () => shop.accepted(MOUSE)));
    await pace.pass(10);
  }
  faults.clear();
}

async function failedUndo({ shop, operator, pace }: Site): Promise<void> {
  const only = { roles: [operator.roleOf("ConfirmOrder"), operator.roleOf("RefundPayment")] };
  shop.pipeline.runtime.faults.set({ seed: 7, rates: { failBefore: 1 }, only });
  const failed = (): boolean => shop.executions.some(({ what }) => what === "failed");
  await shop.accepted(MOUSE);
  await shop.accepted(MOUSE);
  await pace.letting(() => shop.until("an execution fails", failed));
  shop.pipeline.runtime.faults.clear();
}

/** A rule whose target is gone keeps its events in the queue of the undelivered. */
async function lostQueues({ shop, operator, pace }: Site): Promise<void> {
  const placed = shop.events.find((event) => event["detail-type"] === "OrderPlaced");
  for (const queue of ["orderQueueUrl", "trailQueueUrl", "notificationsQueueUrl", "ledgerQueueUrl"]) {
    await operator.deleteQueue(queue);
  }
  await shop.accepted(MOUSE);
  if (placed !== undefined) await operator.publish(placed);
  await pace.pass(5);
}
