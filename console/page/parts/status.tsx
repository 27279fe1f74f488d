import type { OrderStatus } from "../../../contracts/order";
import { sentence } from "../format";

const TONES = { PENDING: "pending", CONFIRMED: "good", FAILED: "bad" } as const;
const MARKS = { PENDING: "◌", CONFIRMED: "✓", FAILED: "✕" } as const;

/** An order's status: a mark, a word and a colour. */
export function Status({ status }: { readonly status: OrderStatus }) {
  return (
    <span class={`badge tone-${TONES[status]}`}>
      <i aria-hidden="true">{MARKS[status]}</i> {sentence(status)}
    </span>
  );
}
