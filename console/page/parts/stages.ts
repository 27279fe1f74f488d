import type { OrderStage } from "../../../contracts/order";

const STAGES: Readonly<Record<OrderStage, string>> = {
  RECEIVED: "received",
  INVENTORY_RESERVED: "stock reserved",
  PAYMENT_PROCESSED: "paid",
  CONFIRMED: "done",
  CANCELLING: "going back",
  FAILED: "undone",
};

/** How far an order came, in a few words. */
export function stageWords(stage: OrderStage): string {
  return STAGES[stage];
}
