import { toDecimal } from "../../contracts/money";
import type { Order } from "../../contracts/order";
import type { SeenEvent } from "../observations";

/** What the events up to a point say of an order. */
interface Position {
  created: boolean;
  /** Stock is held. */
  reserved: boolean;
  /** Stock was held once: only then can a charge have been tried. */
  wasReserved: boolean;
  charged: boolean;
  refunded: boolean;
  /** Something said that the order goes back. */
  back: boolean;
  ended: boolean;
}

const START: Position = {
  created: false,
  reserved: false,
  wasReserved: false,
  charged: false,
  refunded: false,
  back: false,
  ended: false,
};

type Step = (at: Position) => boolean;

/** Each type of event: whether it may come now, and where it leads. Written from the lifecycle in words, not from its code. */
const STEPS: Readonly<Record<string, Step>> = {
  OrderCreated: (at) => moves(!at.created, () => (at.created = true)),
  InventoryReserved: (at) => moves(!at.wasReserved && !at.back, () => (at.reserved = at.wasReserved = true)),
  PaymentProcessed: (at) => moves(at.reserved && !at.charged && !at.back, () => (at.charged = true)),
  OrderPlaced: (at) => moves(at.reserved && at.charged && !at.back, () => (at.ended = true)),
  InventoryFailed: (at) => moves(!at.reserved && !at.back, () => (at.back = true)),
  PaymentFailed: (at) => moves(at.reserved && !at.charged && !at.back, () => (at.back = true)),
  // The charge itself may have gone unseen, when its answer was lost. The stock may have gone back before: of two
  // executions of one order, the one that raises the fence may not know of the charge, and a later one refunds it.
  PaymentRefunded: (at) => moves(at.wasReserved && !at.refunded, () => (at.refunded = at.back = true)),
  InventoryReleased: (at) =>
    moves(at.reserved, () => {
      at.reserved = false;
      at.back = true;
    }),
  OrderFailed: (at) => moves(!at.reserved && (!at.charged || at.refunded), () => (at.ended = true)),
};

/** Types in the order in which one and the same write tells them. */
const ORDER_WITHIN_A_VERSION = Object.keys(STEPS);

/** What is wrong with the trail of an order, in clauses; nothing when it is a complete and legal walk to where the order stands. */
export function walkFaults(order: Order, trail: readonly SeenEvent[]): string[] {
  const walk = trail.map(({ type, detail }) => ({ type, detail, version: versionOf(detail.eventId) }));
  walk.sort((a, b) => a.version - b.version || rank(a.type) - rank(b.type));
  const at = { ...START };
  const faults: string[] = [];
  for (const { type, version } of walk) {
    const step = STEPS[type];
    const first = type === "OrderCreated";
    if (step === undefined) faults.push(`${type} is no event of an order`);
    else if (at.ended) faults.push(`${type} (version ${version}) comes after the end`);
    else if (first !== (version === 1) || !step(at)) faults.push(`${type} (version ${version}) cannot come there`);
  }
  return [...faults, ...versionFaults(order, walk), ...endFaults(order, walk), ...amountFaults(order, trail)];
}

type Walk = readonly { readonly type: string; readonly version: number }[];

/** Every write is told, but for the few that mean nothing to the world; each of those leaves its mark on the order. */
function versionFaults(order: Order, walk: Walk): string[] {
  const told = new Set(walk.map(({ version }) => version));
  const untold = Array.from({ length: order.version }, (_, at) => at + 1).filter((version) => !told.has(version));
  const beyond = [...told].filter((version) => !(version >= 1 && version <= order.version));
  const silent = [
    order.failure?.code === "TECHNICAL_FAULT" && "the cancellation by a fault",
    order.failure?.code === "OUT_OF_STOCK" && tookStock(walk) && "the cancellation for stock that was then taken",
    order.payment?.status === "VOIDED" && "the voided payment",
  ].filter((write) => write !== false);
  return [
    ...(beyond.length > 0 ? [`events tell of version ${beyond.join(", ")}, but the order has ${order.version}`] : []),
    ...(untold.length !== silent.length
      ? [
          `no event tells of version ${untold.join(", ") || "any"} of ${order.version}, ` +
            `where ${silent.join(" and ") || "no write"} may go untold`,
        ]
      : []),
  ];
}

/** Whether stock was taken at all: then the order did not fail for want of it alone, and "nothing was taken" would be a lie. */
function tookStock(walk: Walk): boolean {
  return walk.some(({ type }) => type === "InventoryReserved");
}

/** The trail ends as the order did, and names what the order says of itself. */
function endFaults({ status, failure, payment }: Order, walk: Walk): string[] {
  const types = walk.map(({ type }) => type);
  const ends = types.filter((type) => type === "OrderPlaced" || type === "OrderFailed");
  const wanted = [
    status === "CONFIRMED" && "OrderPlaced",
    status === "FAILED" && "OrderFailed",
    failure?.code === "OUT_OF_STOCK" && !tookStock(walk) && "InventoryFailed",
    failure?.code === "PAYMENT_DECLINED" && "PaymentFailed",
    payment?.status === "CAPTURED" && "PaymentProcessed",
    payment?.status === "REFUNDED" && "PaymentRefunded",
  ].filter((type) => type !== false);
  const missing = wanted.filter((type) => !types.includes(type));
  const surplus = ends.filter((type) => !wanted.includes(type as "OrderPlaced"));
  return [
    ...(missing.length > 0
      ? [`the order is ${status}, but ${missing.join(" and ")} is missing (${types.join(", ")})`]
      : []),
    ...(surplus.length > 0 ? [`the order is ${status}, but its trail says ${surplus.join(" and ")}`] : []),
    ...(ends.length > 1 ? [`it ends ${ends.length} times`] : []),
  ];
}

function amountFaults({ amountMinor, currency }: Order, trail: readonly SeenEvent[]): string[] {
  const total = toDecimal(amountMinor, currency);
  return trail.flatMap(({ type, detail }) => {
    const said = detail["totalAmount"] ?? detail["amount"] ?? total;
    return said === total ? [] : [`${type} says ${JSON.stringify(said)} ${currency}, but the order comes to ${total}`];
  });
}

function moves(allowed: boolean, move: () => void): boolean {
  if (allowed) move();
  return allowed;
}

function versionOf(eventId: string): number {
  return Number(eventId.split("#")[1]);
}

function rank(type: string): number {
  return ORDER_WITHIN_A_VERSION.indexOf(type);
}
