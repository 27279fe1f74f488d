import { setTimeout as wait } from "node:timers/promises";
import { compared, type Comparison, type Records } from "./comparison";

/** Where orders and their trails are read. */
export interface Books {
  of(orderId: string): Promise<Records>;
  /** Ids of all orders, page by page. */
  orderIds(): AsyncIterable<readonly string[]>;
}

/** What checking all orders came to. */
export interface Checked {
  readonly orders: number;
  readonly same: number;
  /** Not final, and their trail is behind them. */
  readonly underWay: number;
  /** Those that differ. */
  readonly differing: readonly Comparison[];
}

/** The trail follows an order by moments; an order that has just come to its end is looked at once more after this. */
const MOMENTS_MS = 3_000;
/** Orders that are read at once. */
const AT_ONCE = 10;

/** Compares an order with its trail; twice, when it differs at first. */
export async function checkOne(
  books: Pick<Books, "of">,
  records: Records,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<Comparison> {
  const first = compared(records);
  if (first.outcome !== "DIFFERS") return first;
  await pause(MOMENTS_MS);
  return compared(await books.of(records.orderId));
}

/** Compares every order with its trail. Those that differ at first are looked at once more, in the end. */
export async function checkAll(books: Books, pause: (ms: number) => Promise<unknown> = wait): Promise<Checked> {
  const outcomes: Comparison[] = [];
  const doubtful: string[] = [];
  for await (const orderIds of books.orderIds()) {
    for (let at = 0; at < orderIds.length; at += AT_ONCE) {
      const records = await Promise.all(orderIds.slice(at, at + AT_ONCE).map((orderId) => books.of(orderId)));
      for (const comparison of records.map(compared)) {
        if (comparison.outcome === "DIFFERS") doubtful.push(comparison.orderId);
        else outcomes.push(comparison);
      }
    }
  }
  if (doubtful.length > 0) await pause(MOMENTS_MS);
  for (const orderId of doubtful) outcomes.push(compared(await books.of(orderId)));
  const having = (outcome: Comparison["outcome"]): Comparison[] =>
    outcomes.filter((comparison) => comparison.outcome === outcome);
  return {
    orders: outcomes.length,
    same: having("SAME").length,
    underWay: having("UNDER_WAY").length,
    differing: having("DIFFERS"),
  };
}
