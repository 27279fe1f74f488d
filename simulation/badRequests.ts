import type { Random } from "./random";
import type { Sending, Wish } from "./undertaking";

/** A body that is no order, each wrong in another way; the API must say so with 400 and keep nothing. */
export function malformedSending(random: Random, { wish: _wish, ...sending }: Sending, wish: Wish): Sending {
  const { amountMinor: _amount, ...order } = wish;
  const [line = { productId: "PROD-001", qty: 1 }] = wish.items;
  const body = random.pick([
    '{"userId":',
    "[]",
    "null",
    JSON.stringify({ ...order, items: [] }),
    JSON.stringify({ ...order, items: [null] }),
    JSON.stringify({ ...order, items: [{ ...line, qty: 0 }] }),
    JSON.stringify({ ...order, items: [{ ...line, qty: -1 }] }),
    JSON.stringify({ ...order, items: [{ ...line, qty: 1.5 }] }),
    JSON.stringify({ ...order, items: [{ ...line, qty: "1" }] }),
    JSON.stringify({ ...order, items: [line, line] }),
    JSON.stringify({ ...order, items: Array.from({ length: 51 }, (_, at) => ({ productId: `P-${at}`, qty: 1 })) }),
    JSON.stringify({ ...order, userId: undefined }),
    JSON.stringify({ ...order, customerEmail: "nobody" }),
    JSON.stringify({ ...order, totalAmount: "1.00" }),
  ]);
  return { ...sending, body, expected: "refused", statuses: [400] };
}

/** A good order from somebody without a key, or with a key that nobody has. */
export function strangerSending(random: Random, { wish: _wish, ...sending }: Sending): Sending {
  return { ...sending, credential: random.pick(["none", "unknown"]), expected: "refused", statuses: [401, 403] };
}
