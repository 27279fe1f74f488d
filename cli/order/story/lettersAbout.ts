import { openDesk, type Desk } from "../../deadLetters/desk";
import { list, type Entry } from "../../deadLetters/list";
import { show } from "../../deadLetters/show";
import type { StackOutputs } from "../../stackOutputs";

/** Letters of the relay stand for many changes each; to know of which orders, each must be looked into. */
const MOST_LOOKED_INTO = 20;

/** The dead letters that name an order, in all queues. Looking hides them from others for a moment. */
export async function lettersAbout(outputs: StackOutputs, orderId: string): Promise<Entry[]> {
  const desk = openDesk(outputs);
  try {
    const { entries } = await list(desk, desk.kinds);
    const relayed = entries.filter(({ queue }) => queue === "relay").slice(0, MOST_LOOKED_INTO);
    const within: Entry[] = [];
    for (const entry of relayed) if (await names(desk, entry, orderId)) within.push(entry);
    return [...entries.filter((entry) => entry.orderId === orderId), ...within];
  } finally {
    desk.close();
  }
}

async function names(desk: Desk, { queue, id }: Entry, orderId: string): Promise<boolean> {
  const kinds = desk.kinds.filter(({ name }) => name === queue);
  // It may have been replayed in the meantime.
  const { details } = await show(desk, kinds, id).catch(() => ({ details: undefined }));
  return Array.isArray(details) && details.some((change: { orderId?: unknown }) => change.orderId === orderId);
}
