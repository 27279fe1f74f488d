import type { Order } from "../contracts/order";
import type { Clock } from "../local/clock";
import type { BookReader } from "./books";
import type { Violation } from "./history";
import type { Observations } from "./observations";
import type { Depths, QueueName, Queues } from "./queues";
import { recover, type Recovered } from "./recovery";

export interface LivenessOptions {
  readonly books: Pick<BookReader, "pending">;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly observations: Pick<Observations, "lastMs">;
  /** Within so much of the runtime's clock everything must have come to its end. */
  readonly boundMs: number;
  /** Gives up after so much of the wall, whatever the runtime's clock says. */
  readonly patienceMs: number;
}

export interface LivenessEnd {
  /** What it took, of the runtime's clock. */
  readonly tookMs: number;
  readonly recovered: Recovered;
  readonly violations: readonly Violation[];
}

/** Nothing that was delayed or doubled is later than this, so a calm of that length is the end. */
export const CALM_MS = 60_000;
const LOOK_EVERY_MS = 15_000;

/** Waits until every order is final and every queue empty, and stays so. Says what is not when the bound is over. */
export async function settle(options: LivenessOptions): Promise<LivenessEnd> {
  const { books, queues, clock, observations, boundMs, patienceMs } = options;
  const startedMs = clock.now();
  const patience = performance.now() + patienceMs;
  const recovered = { deadLetters: 0, queuedAgain: 0 };
  const violations: Violation[] = [];
  for (;;) {
    const [depths, pending] = await Promise.all([queues.depths(), books.pending()]);
    const quietMs = clock.now() - observations.lastMs;
    const tookMs = clock.now() - startedMs;
    const settled = pending.length === 0 && sum(depths) === 0;
    if (settled && quietMs >= CALM_MS) return { tookMs, recovered, violations };
    if (tookMs > boundMs + CALM_MS || performance.now() > patience) {
      if (!settled) violations.push(...unsettled(depths, pending.length, tookMs));
      return { tookMs, recovered, violations };
    }
    const help = await recover(queues, { depths, pending, quietMs });
    if (help.queuedAgain > 0) violations.push(...forgotten(pending, quietMs));
    recovered.deadLetters += help.deadLetters;
    recovered.queuedAgain += help.queuedAgain;
    await clock.sleep(LOOK_EVERY_MS);
  }
}

const QUEUE_NAMES: Readonly<Record<QueueName, string>> = {
  orders: "the order queue",
  deadLetters: "the dead-letter queue",
  relayFailures: "the queue of changes that the relay gave up on",
  undelivered: "the queue of undelivered events",
  trail: "the queue of the audit trail",
  trailDeadLetters: "the dead-letter queue of the audit trail",
  notifications: "the queue of endings to be told",
  notificationsDeadLetters: "the dead-letter queue of endings to be told",
};

/** Orders that came to their end only by an operator's hand: their message was taken off the queue too early. */
function forgotten(pending: readonly Order[], quietMs: number): Violation[] {
  const after = `after ${Math.round(quietMs / 1000)} s of the runtime's clock in which nothing happened`;
  return pending.map(({ orderId, stage }) => ({
    promise: "liveness",
    sentence: `Order ${orderId} was still at ${stage} ${after}, and was queued again by hand.`,
    orderId,
  }));
}

function unsettled(depths: Depths, pending: number, tookMs: number): Violation[] {
  const after = `after ${Math.round(tookMs / 1000)} s of the runtime's clock without faults`;
  const full = (Object.entries(depths) as [QueueName, number][]).filter(([, depth]) => depth > 0);
  return [
    ...(pending > 0 ? [`${pending} orders are not final ${after}.`] : []),
    ...full.map(([name, depth]) => `${depth} messages are in ${QUEUE_NAMES[name]} ${after}.`),
  ].map((sentence) => ({ promise: "liveness", sentence }));
}

function sum(depths: Depths): number {
  return Object.values(depths).reduce((total, depth) => total + depth, 0);
}
