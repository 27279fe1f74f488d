/**
 * A product's stock may lie in several items of the inventory, its shards, because DynamoDB lets one item be written a
 * thousand times a second at most. Shard 0 is the product's own item, with its name and price; the others hold stock alone.
 */

/** As many items as one transaction reads at one instant. */
export const MAX_STOCK_SHARDS = 100;

/** The key of a shard, counted from 0. */
export function shardKey(productId: string, shard: number): string {
  return shard === 0 ? productId : `${productId}${MARK}${shard}`;
}

/** The product that the item of a key is a shard of. */
export function productOfShard(key: string): string {
  return /^(.+)#stock-\d+$/s.exec(key)?.[1] ?? key;
}

/** Units over shards, as evenly as whole units go; what does not go up lies in the first ones. */
export function spread(units: number, shards: number): number[] {
  const each = Math.floor(units / shards);
  return Array.from({ length: shards }, (_, shard) => each + (shard < units - each * shards ? 1 : 0));
}

const MARK = "#stock-";
