import type { OrderToPlace } from "../contracts/orderTasks";
import { count, log } from "./telemetry";

/** An order that has not come to its end, as the index by status shows it. */
export interface PendingOrder {
  readonly orderId: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The orders that are not final. */
export interface PendingOrders {
  /** A tenant's, created at that time or before, oldest first. May still show one that became final a moment ago. */
  createdUpTo(tenantId: string, at: Date): AsyncIterable<PendingOrder>;
  /** Of these orders, what the saga needs of each that is not final now. */
  stillPending(orderIds: readonly string[]): Promise<readonly OrderToPlace[]>;
}

/** The queue that orders are processed from. */
export interface OrderMessages {
  /** Answers how many got there, and why the others did not. */
  send(orders: readonly OrderToPlace[]): Promise<{ readonly sent: number; readonly failures: readonly string[] }>;
}

export interface ReconcileOrdersDeps {
  readonly orders: PendingOrders;
  readonly messages: OrderMessages;
  readonly tenants: readonly string[];
  /** Age at which an order should have come to its end. */
  readonly finalWithinSeconds: number;
}

/**
 * The most orders that one run queues again. At a run a minute it is 8 a second, a tenth of what the smallest stack
 * is sized for: a morning after an outage, with everything late at once, still leaves the queue to new orders. An order
 * that found no room is due again at twice its age.
 */
export const MOST_PER_RUN = 500;

/** Keys that one run looks at per tenant, oldest first: about 10 MB of the index, so that a run ends within seconds. */
const MOST_LOOKED_AT = 100_000;

/**
 * Queues orders again that should have come to their end. An order is due when its age reaches `finalWithinSeconds`,
 * twice that, four times that, and so on up to a day, and then once a day. That follows from its age and the run's
 * minute alone: nothing is written down, a run that is repeated finds the same orders, and what a run that never
 * was would have found is found at the next age. Queueing an order twice does no harm, since every step of the saga is
 * safe to repeat; queueing it at every run would bury a queue that is merely slow.
 *
 * Throws when messages did not get into the queue, after all others did.
 */
export function reconcileOrders({ orders, messages, tenants, finalWithinSeconds }: ReconcileOrdersDeps) {
  const dueOf = async (tenantId: string, at: Date): Promise<PendingOrder[]> => {
    const due: PendingOrder[] = [];
    let looked = 0;
    const oldEnough = new Date(at.getTime() - finalWithinSeconds * 1000);
    for await (const order of orders.createdUpTo(tenantId, oldEnough)) {
      if (isDue(secondsBetween(order.createdAt, at), finalWithinSeconds)) due.push(order);
      if (due.length === MOST_PER_RUN || ++looked === MOST_LOOKED_AT) break;
    }
    return due;
  };

  /** @param at when the run was due */
  return async (at: Date): Promise<void> => {
    const minute = new Date(Math.floor(at.getTime() / RUN_EVERY_MS) * RUN_EVERY_MS);
    const found = (await Promise.all(tenants.map((tenantId) => dueOf(tenantId, minute)))).flat();
    if (found.length === 0) return;
    const oldest = found.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).slice(0, MOST_PER_RUN);
    const late = await orders.stillPending(oldest.map(({ orderId }) => orderId));
    if (late.length === 0) return;
    const { sent, failures } = await messages.send(late);
    if (sent > 0) count("OrdersRequeued", sent);
    log("warn", "Queued orders again that should have come to their end.", { sent, due: found.length });
    if (failures.length > 0) {
      const reasons = [...new Set(failures)].join(", ");
      throw new Error(`${failures.length} of ${late.length} orders could not be queued again: ${reasons}.`);
    }
  };
}

/** How often the schedule runs. Runs are cut at whole minutes, so that together they see every age once. */
export const RUN_EVERY_MS = 60_000;

const DAY_SECONDS = 86_400;

/** Whether an order of this age reached one of its ages since the run before. */
export function isDue(ageSeconds: number, finalWithinSeconds: number): boolean {
  const before = ageSeconds - RUN_EVERY_MS / 1000;
  return agesReached(ageSeconds, finalWithinSeconds) > agesReached(before, finalWithinSeconds);
}

/** How many of the ages at which an order is queued again lie behind it. */
function agesReached(ageSeconds: number, finalWithinSeconds: number): number {
  if (ageSeconds < finalWithinSeconds) return 0;
  const doublings = Math.max(0, Math.floor(Math.log2(DAY_SECONDS / finalWithinSeconds)));
  const lastDoubled = finalWithinSeconds * 2 ** doublings;
  if (ageSeconds < lastDoubled) return 1 + Math.floor(Math.log2(ageSeconds / finalWithinSeconds));
  return 1 + doublings + Math.floor((ageSeconds - lastDoubled) / DAY_SECONDS);
}

function secondsBetween(createdAt: string, at: Date): number {
  return (at.getTime() - Date.parse(createdAt)) / 1000;
}
