import type { OrderStage, OrderStatus } from "../../../contracts/order";
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

/** How far the order came, in a few words. */
export function stageWords(stage: OrderStage): string {
  return STAGES[stage];
}

const STAGES: Readonly<Record<OrderStage, string>> = {
  RECEIVED: "received",
  INVENTORY_RESERVED: "stock reserved",
  PAYMENT_PROCESSED: "paid",
  CONFIRMED: "done",
  CANCELLING: "going back",
  FAILED: "undone",
};
