import type { Order } from "../../contracts/order";
import { grouped } from "../grouped";
import type { Checker, History, Violation } from "../history";
import { acceptedId, isUnclear, type Attempt } from "../journal";
import type { Sending, Wish } from "../undertaking";

/**
 * Orders: every 201 has one stored order, which is what was asked for and final; a key of a tenant has one order and one
 * answer; a refusal stores nothing, and nothing is stored that nobody asked for.
 */
export const checkOrders: Checker = (history) => {
  const stored = new Map(history.books.orders.map((order) => [order.orderId, order]));
  return [
    ...history.attempts.flatMap((attempt) => answerViolations(attempt, stored)),
    ...keyViolations(history.attempts),
    ...storedViolations(history),
    ...history.books.orders.flatMap(({ orderId, status, stage }) =>
      status === "PENDING" ? [violation(`Order ${orderId} is still at ${stage}.`, orderId)] : [],
    ),
  ];
};

/** What one answer says, against what was sent and what is stored. */
function answerViolations({ undertaking, sending, outcome }: Attempt, stored: ReadonlyMap<string, Order>): Violation[] {
  if (!("status" in outcome) || isUnclear(outcome)) return [];
  const { status } = outcome;
  if (!sending.statuses.includes(status)) {
    const said = `${JSON.stringify(outcome.body)}`.slice(0, 200);
    return [violation(`${undertaking} was answered ${status}, not ${sending.statuses.join(" or ")}: ${said}`)];
  }
  if (status === 422 && sending.wish !== undefined && !hasRival(sending, stored)) {
    return [violation(`${undertaking} was refused because of another order under its key, but none is stored.`)];
  }
  if (status !== 201) return [];
  const orderId = acceptedId(outcome);
  if (orderId === undefined) return [violation(`${undertaking} was answered 201 without an order id.`)];
  const order = stored.get(orderId);
  if (order === undefined)
    return [violation(`Order ${orderId} was accepted (${undertaking}), but is not stored.`, orderId)];
  return isFor(order, sending) ? [] : [violation(`Order ${orderId} is not what ${undertaking} asked for.`, orderId)];
}

function hasRival({ wish, tenant }: Sending, stored: ReadonlyMap<string, Order>): boolean {
  return [...stored.values()].some(
    ({ customerEmail, tenantId }) => customerEmail === wish?.customerEmail && tenantId === tenant,
  );
}

/** Under one key of one tenant every 201 is the same; without a key no two are. */
function keyViolations(attempts: readonly Attempt[]): Violation[] {
  const violations: Violation[] = [];
  const answerOfKey = new Map<string, string>();
  const keyOfOrder = new Map<string, string>();
  for (const { sending, outcome, undertaking } of attempts) {
    const orderId = acceptedId(outcome);
    if (orderId === undefined || !("status" in outcome)) continue;
    const { tenant, idempotencyKey } = sending;
    const claim = idempotencyKey === undefined ? undefined : `key ${idempotencyKey} of ${tenant}`;
    const owner = keyOfOrder.get(orderId);
    if (owner !== undefined && (claim === undefined || owner !== claim)) {
      violations.push(violation(`Order ${orderId} answers ${owner} and also ${claim ?? undertaking}.`, orderId));
    }
    keyOfOrder.set(orderId, claim ?? undertaking);
    if (claim === undefined) continue;
    const answer = canonical(outcome.body);
    const first = answerOfKey.get(claim) ?? answer;
    answerOfKey.set(claim, first);
    if (first !== answer)
      violations.push(violation(`The ${claim} was answered in two ways: ${first}, ${answer}.`, orderId));
  }
  return violations;
}

/** Every stored order goes back to requests that may have made it, and there are no more of them than that allows. */
function storedViolations({ attempts, books }: History): Violation[] {
  const violations: Violation[] = [];
  const askedBy = grouped(
    attempts.filter(({ sending }) => sending.wish !== undefined && sending.expected !== "refused"),
    ({ sending }) => sending.wish?.customerEmail ?? "",
  );
  for (const [email, orders] of grouped(books.orders, ({ customerEmail }) => customerEmail ?? "")) {
    const makers = askedBy.get(email) ?? [];
    for (const order of orders) {
      if (makers.some(({ sending }) => isFor(order, sending))) continue;
      violations.push(
        violation(
          `Order ${order.orderId} (${email || "no e-mail"}) is stored, but nobody asked for it.`,
          order.orderId,
        ),
      );
    }
    const most = mostOrders(makers);
    const [first] = orders;
    if (makers.length > 0 && orders.length > most && first !== undefined) {
      const ids = orders.map(({ orderId }) => orderId).join(", ");
      violations.push(
        violation(`${orders.length} orders are stored for ${email}, which can be ${most}: ${ids}.`, first.orderId),
      );
    }
  }
  return violations;
}

/** One for all requests under a key; without a key one for each that was not refused. */
function mostOrders(makers: readonly Attempt[]): number {
  const keyed = makers.some(({ sending }) => sending.idempotencyKey !== undefined);
  const keyless = makers.filter(({ sending }) => sending.idempotencyKey === undefined);
  const made = keyless.filter(({ outcome }) => acceptedId(outcome) !== undefined || isUnclear(outcome));
  return made.length + (keyed ? 1 : 0);
}

function isFor(order: Order, { tenant, wish }: Sending): boolean {
  return (
    wish !== undefined &&
    order.tenantId === tenant &&
    order.userId === wish.userId &&
    order.customerEmail === wish.customerEmail &&
    order.amountMinor === wish.amountMinor &&
    linesOf(order.items) === linesOf(wish.items)
  );
}

function linesOf(items: Wish["items"]): string {
  return items
    .map(({ productId, qty }) => `${qty} ${productId}`)
    .sort()
    .join(", ");
}

function canonical(body: unknown): string {
  const { items, ...rest } = (body ?? {}) as Record<string, unknown>;
  return JSON.stringify([Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), items]);
}

function violation(sentence: string, orderId?: string): Violation {
  return { promise: "orders", sentence, ...(orderId !== undefined && { orderId }) };
}
