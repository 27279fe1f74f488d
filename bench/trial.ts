import { setTimeout as wait } from "node:timers/promises";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { closedLoop } from "./loops";
import { cpuByRole, PROCESS_ROLES, type ByRole } from "./processes";
import type { Carried, Shopper } from "./shopper";
import { percentile } from "./statistics";
import type { Subject } from "./subject";
import { wallClockMs } from "./wallClock";

/** What one trial came to. */
export interface Trial {
  /** Orders that reached CONFIRMED, a second. */
  readonly perSecond: number;
  /** The same until trail and messages had caught up as well. */
  readonly caughtUpPerSecond: number;
  /** From 201 to the end of the saga, in ms. */
  readonly finalP50Ms: number;
  readonly finalP99Ms: number;
  /** CPU-ms of an order, by role; absent where the system does not tell. */
  readonly cpuMsPerOrder?: ByRole;
}

/** Carries orders to their end, so many at a time, and waits until whoever listens to events has caught up. */
export async function closedTrial(
  { subject, shopper }: { readonly subject: Subject; readonly shopper: Shopper },
  loop: { readonly atOnce: number; readonly count: number },
): Promise<Trial> {
  return measured(subject, () => closedLoop(loop, () => shopper.carry()));
}

/** Measures whatever carries orders. */
export async function measured(subject: Subject, run: () => Promise<readonly Carried[]>): Promise<Trial> {
  const before = cpuByRole(subject.pid);
  const startMs = wallClockMs();
  const carried = await run();
  const lastMs = Math.max(...carried.map(({ finalMs }) => finalMs));
  await consumersCaughtUp(subject);
  const caughtUpMs = wallClockMs();
  const after = cpuByRole(subject.pid);
  const finals = carried.map(({ acceptedMs, finalMs }) => finalMs - acceptedMs);
  return {
    perSecond: (carried.length * 1000) / (lastMs - startMs),
    caughtUpPerSecond: (carried.length * 1000) / (caughtUpMs - startMs),
    finalP50Ms: percentile(finals, 50),
    finalP99Ms: percentile(finals, 99),
    ...(before && after && { cpuMsPerOrder: shareOf(before, after, carried.length) }),
  };
}

function shareOf(before: ByRole, after: ByRole, orders: number): ByRole {
  const shares = PROCESS_ROLES.map((role) => [role, (after[role] - before[role]) / orders] as const);
  return Object.fromEntries(shares) as Record<(typeof PROCESS_ROLES)[number], number>;
}

const LOOK_AGAIN_MS = 50;

/** Resolves when the queues of all consumers hold nothing: what is received but not done counts as held. */
export async function consumersCaughtUp({ aws, consumerQueueUrls }: Subject): Promise<void> {
  const client = new SQSClient(aws);
  const held = async (QueueUrl: string): Promise<number> => {
    const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
    return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  };
  try {
    for (let quiet = 0; quiet < 2;) {
      const counts = await Promise.all(consumerQueueUrls.map(held));
      quiet = counts.every((count) => count === 0) ? quiet + 1 : 0;
      await wait(LOOK_AGAIN_MS);
    }
  } finally {
    client.destroy();
  }
}
