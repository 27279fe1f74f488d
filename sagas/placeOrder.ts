import type { FailureCode } from "../contracts/order";
import * as tasks from "../contracts/orderTasks";
import type { Refs } from "./builder/pointers";
import { saga } from "./builder/saga";

type Order = Refs<tasks.OrderToPlace>;
const byOrder = ({ orderId, tenantId, correlationId }: Order) => ({ orderId, tenantId, correlationId });
const withItems = (order: Order) => ({ ...byOrder(order), items: order.items });
const withAmount = (order: Order) => ({ ...byOrder(order), amountMinor: order.amountMinor, currency: order.currency });

/**
 * Reserve, charge, issue the receipt, confirm. Whatever goes wrong raises the fence first (nothing moves forward
 * after it), then receipt, money and stock are taken and given back in reverse order, then the order is failed.
 *
 * Times: an attempt at a step or undo takes up to 3 s, at the fence and the end up to 2 s, each has two
 * attempts and up to 1 s between them. At worst that is 59 s.
 */
export const placeOrder = saga<tasks.OrderToPlace, FailureCode>("PlaceOrder", {
  timeoutSeconds: 60,
  fault: "TECHNICAL_FAULT",
})
  .fence(tasks.cancelOrder, {
    input: (order, { step, code, cause }) => ({ ...byOrder(order), step, code, cause }),
    refusal: tasks.ORDER_CANCELLED,
    verdict: ({ outcome }) => outcome,
    goesBackOn: "CANCELLED",
    endsWellOn: "CONFIRMED",
    timeoutSeconds: 2,
  })
  .step(tasks.reserveInventory, {
    input: withItems,
    undo: { task: tasks.releaseInventory, input: withItems },
    rejections: { OutOfStock: "OUT_OF_STOCK" },
  })
  .step(tasks.processPayment, {
    input: withAmount,
    undo: { task: tasks.refundPayment, input: withAmount },
    rejections: { PaymentDeclined: "PAYMENT_DECLINED" },
  })
  .step(tasks.issueReceipt, {
    input: byOrder,
    as: "receipt",
    undo: { task: tasks.voidReceipt, input: byOrder },
  })
  .step(tasks.confirmOrder, {
    input: (order) => ({ ...byOrder(order), receiptKey: order.receipt.receiptKey }),
    undo: { because: "confirming is a mark in the order's own ledger, and the fence decides against it" },
  })
  .close(tasks.failOrder, { input: byOrder, timeoutSeconds: 2 })
  .build();

/** Every way an execution can end, for exhaustive switches elsewhere. */
export type OrderOutcome = NonNullable<(typeof placeOrder)["types"]>["outcome"];
