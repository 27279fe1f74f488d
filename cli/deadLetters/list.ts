import type { Desk } from "./desk";
import type { LetterKind } from "./letter";

/** One line of the list. */
export interface Entry {
  readonly queue: string;
  readonly id: string;
  /** Since the message was first sent, before it failed. */
  readonly ageSeconds: number;
  readonly receives: number;
  readonly orderId?: string;
  readonly reason: string;
}

/** What `list` found. */
export interface Listing {
  readonly entries: readonly Entry[];
  /** Names of queues that hold more than is listed. */
  readonly cutShort: readonly string[];
}

/** Listing looks at each message by receiving it; this many it can give back before any comes out of hiding. */
export const MOST_LISTED = 1_000;

/** All messages of these queues, oldest first in each. */
export async function list(desk: Desk, kinds: readonly LetterKind[]): Promise<Listing> {
  const found = await Promise.all(kinds.map((kind) => entriesOf(desk, kind)));
  const cutShort = kinds.filter((_, at) => found[at]?.length === MOST_LISTED).map(({ name }) => name);
  return { entries: found.flat(), cutShort };
}

function entriesOf(desk: Desk, kind: LetterKind): Promise<Entry[]> {
  return desk.boxOf(kind).open({ most: MOST_LISTED }, async (letters) => {
    const oldestFirst = [...letters].sort((a, b) => a.sentMs - b.sentMs);
    const descriptions = await kind.describe(oldestFirst);
    // The clock of a pipeline on this machine may run ahead of the wall's.
    const nowMs = Math.max(Date.now(), ...letters.map(({ firstReceivedMs }) => firstReceivedMs));
    return oldestFirst.map(({ id, sentMs, receives }, at) => ({
      queue: kind.name,
      id,
      ageSeconds: Math.max(0, Math.round((nowMs - sentMs) / 1000)),
      receives,
      ...(descriptions[at] ?? { reason: "" }),
    }));
  });
}
