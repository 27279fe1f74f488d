/** What decides how many orders of one product go through at once. */
export interface HotProduct {
  /** Items over which its stock is spread. */
  readonly shards: number;
  /**
   * Milliseconds for which a transaction keeps its items from others: about as long as it takes. DynamoDB does not say;
   * 15 is what a transaction of three items takes within a region.
   */
  readonly transactionMs: number;
  /** Tries that an order has, the first one included; the pauses between them are random and get longer. */
  readonly tries: number;
}

/**
 * Write units a second that one item takes, of which a transaction costs two:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
const ITEM_UNITS_PER_SECOND = 1000;
const UNITS_PER_TRANSACTION = 2;

/**
 * The share of transactions that meet another one on their shard, when so many orders a second come at random and every
 * conflict is tried again. Tries come at random too, so that their rate is what orders and conflicts make it: solved by
 * iteration from below. 1 where tries only make more conflicts.
 */
export function conflictShare(ordersPerSecond: number, { shards, transactionMs, tries }: HotProduct): number {
  const perShard = ordersPerSecond / shards;
  let share = 0;
  for (let step = 0; step < 1000; step++) {
    // Each order is tried until it goes through or its tries are used up.
    const triesPerOrder = (1 - share ** tries) / (1 - share);
    // The later of two is refused: one that starts while another is on its way.
    const next = 1 - Math.exp((-perShard * triesPerOrder * transactionMs) / 1000);
    if (Math.abs(next - share) < 1e-9) return next;
    if (next > 0.999) return 1;
    share = next;
  }
  return share;
}

/** Orders a second of one product of which no more than `lost` of a thousand give up for contention. */
export function ordersPerSecond(product: HotProduct, lost = 1): number {
  const most = (product.shards * ITEM_UNITS_PER_SECOND) / UNITS_PER_TRANSACTION;
  let [low, high] = [0, most];
  for (let step = 0; step < 60; step++) {
    const rate = (low + high) / 2;
    if (conflictShare(rate, product) ** product.tries <= lost / 1000) low = rate;
    else high = rate;
  }
  return low;
}

/** The fewest shards that take so many orders a second; undefined where a hundred are too few. */
export function shardsFor(rate: number, product: Omit<HotProduct, "shards">): number | undefined {
  for (let shards = 1; shards <= 100; shards++) if (ordersPerSecond({ ...product, shards }) >= rate) return shards;
  return undefined;
}
