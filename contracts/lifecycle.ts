import { OPEN_STAGES, type Order, type OrderStage, type OrderStatus, type PaymentStatus } from "./order";

/** Every write that moves an order after its creation. `create` has one condition only: the order does not exist. */
export type LifecycleWrite = "reserve" | "pay" | "confirm" | "cancel" | "refund" | "release" | "fail";

/**
 * What a write finds when it looks at the order:
 * `DUE` it may be made; `DONE` it was made before; `CANCELLED` the order goes back, or went;
 * `CONFIRMED` the order came to its good end; `OUT_OF_ORDER` nobody should have asked (a fault).
 */
export type Standing = "DUE" | "DONE" | "CANCELLED" | "CONFIRMED" | "OUT_OF_ORDER";

/** One write: the condition it is made under, and what it changes of its own accord. */
export interface Transition {
  /** The order's stage must be one of these. */
  readonly from: readonly OrderStage[];
  /** The stage afterwards. Absent: the stage stays. */
  readonly to?: OrderStage;
  /** What `reserved` must be. Absent: either. */
  readonly reserved?: boolean;
  /** What the payment must be; `NONE` stands for an order without one. Absent: any. */
  readonly payment?: readonly (PaymentStatus | "NONE")[];
  /** Fields that the write always sets; the caller adds `payment`, `receiptKey` or `failure`. `version`, `updatedAt` and `status` follow by themselves. */
  readonly sets: Partial<Pick<Order, "reserved">>;
  /** Whether an order that refuses the write shows that the write was made before. */
  readonly isDone: (order: Order) => boolean;
  /** What the refusal means when the write was not made before. */
  readonly refusals: Partial<Record<OrderStage, "CANCELLED" | "CONFIRMED">>;
}

const BEHIND_THE_FENCE = { CANCELLING: "CANCELLED", FAILED: "CANCELLED" } as const;

/**
 * The lifecycle, write by write. A condition is evaluated by the database in the same instant as the
 * write, so of two writes that exclude each other exactly one is made, however they race.
 */
export const lifecycle: Readonly<Record<LifecycleWrite, Transition>> = {
  reserve: {
    from: ["RECEIVED"],
    to: "INVENTORY_RESERVED",
    sets: { reserved: true },
    isDone: atStage("INVENTORY_RESERVED", "PAYMENT_PROCESSED", "CONFIRMED"),
    refusals: BEHIND_THE_FENCE,
  },
  pay: {
    from: ["INVENTORY_RESERVED"],
    to: "PAYMENT_PROCESSED",
    sets: {},
    isDone: atStage("PAYMENT_PROCESSED", "CONFIRMED"),
    refusals: BEHIND_THE_FENCE,
  },
  // Brings `receiptKey`. A write of its own would be billed, streamed and read by every consumer of the stream, and
  // would protect nothing: the saga always confirms what it has just issued, under this same condition, and what the
  // fence must keep out is the receipt in its bucket, which only a condition there can (handlers/receiptStore.ts).
  confirm: {
    from: ["PAYMENT_PROCESSED"],
    to: "CONFIRMED",
    sets: {},
    isDone: atStage("CONFIRMED"),
    refusals: BEHIND_THE_FENCE,
  },
  cancel: {
    from: OPEN_STAGES,
    to: "CANCELLING",
    sets: {},
    isDone: atStage("CANCELLING", "FAILED"),
    refusals: { CONFIRMED: "CONFIRMED" },
  },
  refund: {
    from: ["CANCELLING"],
    payment: ["NONE", "CAPTURED"],
    sets: {},
    isDone: atStage("CANCELLING", "FAILED"),
    refusals: {},
  },
  release: {
    from: ["CANCELLING"],
    reserved: true,
    sets: { reserved: false },
    isDone: (order) => !order.reserved && atStage("CANCELLING", "FAILED")(order),
    refusals: {},
  },
  fail: {
    from: ["CANCELLING"],
    to: "FAILED",
    reserved: false,
    payment: ["NONE", "REFUNDED", "VOIDED"],
    sets: {},
    isDone: atStage("FAILED"),
    refusals: {},
  },
};

/** What the write would find at this order: the condition of the write, and the meaning of a refusal, as a pure function. */
export function standing(write: LifecycleWrite, order: Order): Standing {
  const transition = lifecycle[write];
  if (isDue(transition, order)) return "DUE";
  if (transition.isDone(order)) return "DONE";
  return transition.refusals[order.stage] ?? "OUT_OF_ORDER";
}

/** The status that clients see at a stage; it is final with the stage. */
export function statusOf(stage: OrderStage): OrderStatus {
  return stage === "CONFIRMED" || stage === "FAILED" ? stage : "PENDING";
}

function isDue({ from, reserved, payment }: Transition, order: Order): boolean {
  return (
    from.includes(order.stage) &&
    (reserved === undefined || reserved === order.reserved) &&
    (payment === undefined || payment.includes(order.payment?.status ?? "NONE"))
  );
}

function atStage(...stages: OrderStage[]): (order: Order) => boolean {
  return (order) => stages.includes(order.stage);
}
