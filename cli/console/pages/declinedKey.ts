import { randomUUID } from "node:crypto";
import type { DeclinedKey } from "../../../console/pages";
import { orderIdOf } from "../../../contracts/orderId";
import { isDeclined } from "../../../contracts/simulatedPayment";

/** Even of one in a hundred, one is found among so many. */
const TRIES = 5_000;

/**
 * A new idempotency key whose order the simulated payment gateway will decline: the order's id follows from the key, and
 * the gateway makes its mind up from the id. None when the stack declines no order.
 */
export function declinedKey(tenantId: string, declinedPercent: number): DeclinedKey {
  for (let tried = 0; tried < TRIES; tried++) {
    const key = `declined-${randomUUID().slice(0, 8)}`;
    if (isDeclined(orderIdOf(tenantId, key), declinedPercent)) return { key };
  }
  return {};
}
