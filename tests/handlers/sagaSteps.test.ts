import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { before, describe, it } from "mocha";
import { Rejection } from "../../contracts/task";
import type { Receipt, ReceiptDocument } from "../../contracts/receipt";
import { orderLedger } from "../../handlers/adapters/orderLedger";
import { simulatedPaymentGateway } from "../../handlers/adapters/simulatedPaymentGateway";
import { cancelOrder } from "../../handlers/cancelOrder";
import { confirmOrder } from "../../handlers/confirmOrder";
import { failOrder } from "../../handlers/failOrder";
import { issueReceipt } from "../../handlers/issueReceipt";
import type { Ledger } from "../../handlers/ledger";
import type { PaymentGateway } from "../../handlers/paymentGateway";
import { processPayment } from "../../handlers/processPayment";
import type { ReceiptStore } from "../../handlers/receiptStore";
import { refundPayment } from "../../handlers/refundPayment";
import { releaseInventory } from "../../handlers/releaseInventory";
import { reserveInventory } from "../../handlers/reserveInventory";
import { voidReceipt } from "../../handlers/voidReceipt";
import { ShopDatabase } from "./adapters/shopDatabase";

const STEPS = ["reserve", "pay", "issue", "confirm", "cancel", "void", "refund", "release", "fail"] as const;
type Step = (typeof STEPS)[number];
type Steps = Record<Step, (orderId: string) => Promise<unknown>>;

const ITEMS = [
  { productId: "PROD-001", qty: 2 },
  { productId: "PROD-003", qty: 1 },
];
const PLENTY = 1_000;

/** A place for receipts with the two rules of the real one. */
class Receipts implements ReceiptStore {
  readonly kept = new Map<string, ReceiptDocument>();

  async issue(key: string, receipt: Receipt): Promise<"DONE" | "ALREADY_DONE" | "VOID"> {
    const found = this.kept.get(key);
    if (found === undefined) this.kept.set(key, receipt);
    return found === undefined ? "DONE" : found.status === "VOID" ? "VOID" : "ALREADY_DONE";
  }

  async void(key: string, mark: ReceiptDocument): Promise<void> {
    this.kept.set(key, mark);
  }

  of(orderId: string): ReceiptDocument | undefined {
    return [...this.kept.values()].find((receipt) => receipt.orderId === orderId);
  }
}

function stepsOver(ledger: Ledger, payments: PaymentGateway, receipts: ReceiptStore = new Receipts()): Steps {
  const by = (orderId: string) => ({ orderId, tenantId: "acme", correlationId: "c" });
  const money = { amountMinor: 10997, currency: "EUR" };
  const fault = { step: "ConfirmOrder", code: "TECHNICAL_FAULT", cause: "" } as const;
  return {
    reserve: (id) => reserveInventory({ ledger })({ ...by(id), items: ITEMS }),
    pay: (id) => processPayment({ ledger, payments })({ ...by(id), ...money }),
    issue: (id) => issueReceipt({ ledger, receipts })(by(id)),
    // As in the saga, an order is confirmed with what issuing answered, and not at all when it did not.
    confirm: async (id) => {
      const issued = await issueReceipt({ ledger, receipts })(by(id));
      return issued instanceof Rejection ? issued : confirmOrder({ ledger })({ ...by(id), ...issued });
    },
    cancel: (id) => cancelOrder({ ledger })({ ...by(id), ...fault }),
    void: (id) => voidReceipt({ ledger, receipts })(by(id)),
    refund: (id) => refundPayment({ ledger, payments })({ ...by(id), ...money }),
    release: (id) => releaseInventory({ ledger })({ ...by(id), items: ITEMS }),
    fail: (id) => failOrder({ ledger })(by(id)),
  };
}

describe("the steps of the saga", () => {
  let shop: ShopDatabase;
  let ledger: Ledger;
  let payments: PaymentGateway;
  const receipts = new Receipts();

  before(async () => {
    shop = await ShopDatabase.open();
    ledger = orderLedger({ ordersTable: shop.orders, inventoryTable: shop.inventory, database: shop.client });
    const books = { paymentsTable: shop.payments, failurePercent: 20, latencyMs: 0, database: shop.client };
    payments = simulatedPaymentGateway(books);
  });

  /** Stock, money and receipts, as an accountant who knows nothing of the steps would count them. */
  const assertBalanced = async (orderId: string): Promise<void> => {
    const { stage, reserved, payment, receiptKey } = await shop.order(orderId);
    const held = reserved ? [PLENTY - 2, PLENTY - 1] : [PLENTY, PLENTY];
    assert.deepEqual(await Promise.all(ITEMS.map(({ productId }) => shop.stock(productId))), held);
    const { captures = 0, refunds = 0 } = (await shop.payment(orderId)) ?? {};
    assert.ok(captures <= 1 && refunds <= captures, JSON.stringify({ captures, refunds }));
    if (stage === "CONFIRMED") assert.deepEqual([reserved, payment?.status, captures - refunds], [true, "CAPTURED", 1]);
    if (stage === "FAILED") assert.deepEqual([reserved, captures - refunds], [false, 0]);
    if (stage === "CONFIRMED") assert.equal(receipts.kept.get(receiptKey ?? "")?.status, "ISSUED");
    else assert.equal(receiptKey, undefined);
    if (payment?.status === "REFUNDED") assert.deepEqual([captures, refunds], [1, 1]);
  };

  const newOrder = async (): Promise<string> => {
    await shop.addProduct({ productId: "PROD-001", name: "Wireless Mouse", stock: PLENTY });
    await shop.addProduct({ productId: "PROD-003", name: "USB-C Hub", stock: PLENTY });
    return (await shop.addOrder({ orderId: randomUUID() })).orderId;
  };

  it("keep stock, money and receipts balanced in any order, however often, two at a time", async () => {
    const steps = stepsOver(ledger, payments, receipts);
    const step = fc.constantFrom(...STEPS);
    // A walk starts somewhere on the way there or back, so that the far stages are reached as often as the near ones.
    const start = fc.constantFrom<Step[]>(
      [],
      ["reserve"],
      ["reserve", "pay"],
      ["reserve", "pay", "issue"],
      ["reserve", "pay", "confirm"],
      ["reserve", "cancel"],
      ["reserve", "pay", "cancel"],
      ["reserve", "pay", "cancel", "release"],
      ["reserve", "pay", "cancel", "refund"],
    );
    const walk = fc.tuple(start, fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 6 }));
    const property = fc.asyncProperty(walk, async ([begun, pairs]) => {
      const orderId = await newOrder();
      for (const first of begun) await steps[first](orderId).catch(() => undefined);
      for (const pair of pairs) {
        await Promise.allSettled(pair.map((one) => steps[one](orderId)));
        await assertBalanced(orderId);
      }
      for (const undo of ["cancel", "void", "refund", "release", "fail"] as const)
        await steps[undo](orderId).catch(() => undefined);
      const { status } = await shop.order(orderId);
      assert.notEqual(status, "PENDING");
      assert.equal(receipts.of(orderId)?.status, status === "CONFIRMED" ? "ISSUED" : "VOID");
      await assertBalanced(orderId);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("answer a repeated run of the saga as the first, and count nothing twice", async () => {
    const steps = stepsOver(
      ledger,
      simulatedPaymentGateway({ paymentsTable: shop.payments, failurePercent: 0, latencyMs: 0, database: shop.client }),
      receipts,
    );
    const orderId = await newOrder();
    const run = async (): Promise<unknown[]> => [
      await steps.reserve(orderId),
      await steps.pay(orderId),
      await steps.issue(orderId),
      await steps.confirm(orderId),
    ];
    const first = await run();
    assert.deepEqual(await run(), first);
    assert.ok(!first.some((answer) => answer instanceof Rejection));
    await assertBalanced(orderId);
  });

  it("give the money back of a charge that overtakes the fence", async () => {
    const orderId = await newOrder();
    const plain = simulatedPaymentGateway({
      paymentsTable: shop.payments,
      failurePercent: 0,
      latencyMs: 0,
      database: shop.client,
    });
    const undo = stepsOver(ledger, plain);
    await undo.reserve(orderId);
    // While the charge is under way, the order is cancelled and brought to its bad end without a refund.
    const charge: PaymentGateway["charge"] = async (wanted) => {
      for (const step of ["cancel", "release", "fail"] as const) await undo[step](orderId);
      return plain.charge(wanted);
    };
    const answer = await stepsOver(ledger, { ...plain, charge }).pay(orderId);
    assert.deepEqual(answer, new Rejection("OrderCancelled", "The order is cancelled."));
    const { captures, refunds } = await shop.payment(orderId);
    assert.deepEqual([captures, refunds, (await shop.order(orderId)).stage], [1, 1, "FAILED"]);
  });

  it("keep out a receipt that overtakes the fence", async () => {
    const orderId = await newOrder();
    const free = { paymentsTable: shop.payments, failurePercent: 0, latencyMs: 0, database: shop.client };
    const plain = stepsOver(ledger, simulatedPaymentGateway(free), receipts);
    await plain.reserve(orderId);
    await plain.pay(orderId);
    // While the receipt is on its way, the order is cancelled and brought to its bad end.
    const late = {
      issue: async (key: string, receipt: Receipt) => {
        for (const step of ["cancel", "void", "refund", "release", "fail"] as const) await plain[step](orderId);
        return receipts.issue(key, receipt);
      },
    };
    const answer = await issueReceipt({ ledger, receipts: late })({ orderId, tenantId: "acme", correlationId: "c" });
    assert.deepEqual(answer, new Rejection("OrderCancelled", "The order is cancelled."));
    assert.deepEqual([receipts.of(orderId)?.status, (await shop.order(orderId)).stage], ["VOID", "FAILED"]);
  });

  it("say to the customer what is out of stock", async () => {
    const orderId = await newOrder();
    await shop.addProduct({ productId: "PROD-001", name: "Wireless Mouse", stock: 1 });
    const expected = new Rejection("OutOfStock", "Not enough Wireless Mouse in stock.");
    assert.deepEqual(await stepsOver(ledger, payments).reserve(orderId), expected);
  });
});
