import { orderToPlace } from "../contracts/events";
import type { Order } from "../contracts/order";
import type { Depths, Queues } from "./queues";

/** What an operator's hand was needed for. */
export interface Recovered {
  /** Dead letters that were moved back. */
  deadLetters: number;
  /** Orders that nothing was on its way for, and that were queued again. */
  queuedAgain: number;
}

/** What the operator sees. */
export interface Sight {
  readonly depths: Depths;
  readonly pending: readonly Order[];
  /** How long nothing has happened, in milliseconds of the runtime's clock. */
  readonly quietMs: number;
}

/** Longer than any message stays hidden: what still waits then, waits for nothing. */
const STUCK_AFTER_MS = 600_000;

/**
 * What an operator does after a bad day: moves the dead letters back, and queues those orders again that nothing is on
 * its way for.
 */
export async function recover(queues: Queues, { depths, pending, quietMs }: Sight): Promise<Recovered> {
  if (depths.deadLetters > 0) {
    await queues.moveDeadLettersBack();
    return { deadLetters: depths.deadLetters, queuedAgain: 0 };
  }
  if (pending.length === 0 || quietMs < STUCK_AFTER_MS) return { deadLetters: 0, queuedAgain: 0 };
  for (const order of pending) await queues.sendOrder(orderToPlace(order));
  return { deadLetters: 0, queuedAgain: pending.length };
}
