import type { Order, OrderStatus } from "./order";

/**
 * An order as its table stores it. Two attributes are there for the indexes alone, both prefixed by the
 * tenant, so that no query can reach another tenant's orders:
 * - `userKey` = `tenantId#userId`, partition key of the index `userId-createdAt-index` (sort key `createdAt`);
 * - `statusKey` = `tenantId#status`, partition key of `status-createdAt-index` (sort key `createdAt`); written anew
 *   with every write that changes the status.
 *
 * A tenant's id holds no `#`, so the first `#` ends it and no user id can reach into another tenant.
 */
export interface OrderRecord extends Order {
  readonly userKey: string;
  readonly statusKey: string;
}

export function userKey(tenantId: string, userId: string): string {
  return `${tenantId}#${userId}`;
}

export function statusKey(tenantId: string, status: OrderStatus): string {
  return `${tenantId}#${status}`;
}

export function orderRecord(order: Order): OrderRecord {
  return {
    ...order,
    userKey: userKey(order.tenantId, order.userId),
    statusKey: statusKey(order.tenantId, order.status),
  };
}

/** The order of a record, without the attributes of the indexes. */
export function orderOf({ userKey: _user, statusKey: _status, ...order }: OrderRecord): Order {
  return order;
}
