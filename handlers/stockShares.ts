/** Units of a product that are taken from one of its shards. */
export interface Share {
  readonly shard: number;
  readonly qty: number;
}

/**
 * The shard that an order takes a product from, and gives it back to: always the same for the same order, and evenly
 * spread over orders, so that nothing need be remembered and no two neighbours meet.
 */
export function homeShard(orderId: string, productId: string, shards: number): number {
  return hash(`${orderId}\n${productId}`) % shards;
}

/**
 * How so many units are taken from shards that hold so much, or nothing where all of them hold too little. As few shards
 * as will do, because each is one more item that other orders may be writing: home alone, else the next one that has
 * enough, else the fullest first.
 *
 * @param levels units by shard
 */
export function sharesOf(qty: number, levels: readonly number[], home: number): readonly Share[] | undefined {
  const around = levels.map((_, step) => (home + step) % levels.length);
  const enough = around.find((shard) => (levels[shard] ?? 0) >= qty);
  if (enough !== undefined) return [{ shard: enough, qty }];

  const shares: Share[] = [];
  let missing = qty;
  for (const shard of around.sort((one, other) => (levels[other] ?? 0) - (levels[one] ?? 0))) {
    const taken = Math.min(missing, Math.max(0, levels[shard] ?? 0));
    if (taken > 0) shares.push({ shard, qty: taken });
    missing -= taken;
  }
  return missing === 0 ? shares : undefined;
}

/** FNV-1a, 32 bits, with the end mixed in once more: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (value ^ (value >>> 16)) >>> 0;
}
