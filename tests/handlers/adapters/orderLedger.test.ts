import assert from "node:assert/strict";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { before, beforeEach, describe, it } from "mocha";
import { standing, type LifecycleWrite } from "../../../contracts/lifecycle";
import { orderOf } from "../../../contracts/orderRecord";
import type { OrderStage } from "../../../contracts/order";
import { orderLedger } from "../../../handlers/adapters/orderLedger";
import type { Ledger } from "../../../handlers/ledger";
import { captured, outOfStock, refunded } from "../../contracts/anOrder";
import { ShopDatabase } from "./shopDatabase";

const LINES = [
  { productId: "PROD-001", qty: 2 },
  { productId: "PROD-003", qty: 1 },
];
const RECEIPT_KEY = "receipts/2026/11/order-1.json";
/** An order in the name of the tenant whose it is. */
const acmes = (orderId: string) => ({ orderId, tenantId: "acme" });
const NOW = new Date("2026-11-20T11:00:00.000Z");

describe("orderLedger", () => {
  let shop: ShopDatabase;
  let ledger: Ledger;

  before(async () => {
    shop = await ShopDatabase.open();
    ledger = ledgerOver(shop.client);
  });

  beforeEach(async () => {
    await shop.addProduct({ productId: "PROD-001", name: "Wireless Mouse", stock: 10 });
    await shop.addProduct({ productId: "PROD-003", name: "USB-C Hub", stock: 10 });
  });

  const ledgerOver = (database: ShopDatabase["client"], pause: () => Promise<void> = async () => undefined): Ledger =>
    orderLedger({
      ordersTable: shop.orders,
      inventoryTable: shop.inventory,
      database,
      now: () => NOW,
      contention: { pause, tries: 3 },
    });

  const stocks = () => Promise.all(["PROD-001", "PROD-003"].map((productId) => shop.stock(productId)));

  const writes: Record<LifecycleWrite, (orderId: string) => Promise<unknown>> = {
    reserve: (orderId) => ledger.reserve(orderId, LINES),
    pay: (orderId) => ledger.pay(orderId, captured),
    confirm: async (orderId) => {
      const answer = await ledger.confirm(acmes(orderId), RECEIPT_KEY);
      return typeof answer === "object" ? "DONE" : answer;
    },
    cancel: (orderId) => ledger.cancel(orderId, outOfStock),
    refund: (orderId) => ledger.refund(orderId, refunded),
    release: (orderId) => ledger.release(orderId, LINES),
    fail: (orderId) => ledger.fail(acmes(orderId)),
  };

  it("carries an order to its good end, one version a write", async () => {
    const { orderId } = await shop.addOrder();
    assert.equal(await ledger.reserve(orderId, LINES), "DONE");
    assert.equal(await ledger.pay(orderId, captured), "DONE");
    const confirmed = await ledger.confirm(acmes(orderId), RECEIPT_KEY);
    assert.deepEqual(confirmed, { confirmed: orderOf(await shop.order(orderId)) });
    const { stage, status, statusKey, reserved, payment, receiptKey, version, updatedAt } = await shop.order(orderId);
    assert.deepEqual(
      { stage, status, statusKey, reserved },
      { stage: "CONFIRMED", status: "CONFIRMED", statusKey: "acme#CONFIRMED", reserved: true },
    );
    assert.deepEqual({ payment, version, updatedAt }, { payment: captured, version: 4, updatedAt: NOW.toISOString() });
    assert.equal(receiptKey, RECEIPT_KEY);
    assert.deepEqual(await stocks(), [8, 9]);
  });

  it("undoes a paid order completely", async () => {
    const { orderId } = await shop.addOrder();
    await ledger.reserve(orderId, LINES);
    await ledger.pay(orderId, captured);
    assert.equal(await ledger.cancel(orderId, outOfStock), "DONE");
    assert.equal(await ledger.refund(orderId, refunded), "DONE");
    assert.equal(await ledger.release(orderId, LINES), "DONE");
    assert.equal(await ledger.fail(acmes(orderId)), "DONE");
    const { stage, status, statusKey, reserved, payment, failure, version } = await shop.order(orderId);
    assert.deepEqual(
      { stage, status, statusKey, reserved },
      { stage: "FAILED", status: "FAILED", statusKey: "acme#FAILED", reserved: false },
    );
    assert.deepEqual({ payment, failure, version }, { payment: refunded, failure: outOfStock, version: 7 });
    assert.deepEqual(await stocks(), [10, 10]);
  });

  const stages: OrderStage[] = [
    "RECEIVED",
    "INVENTORY_RESERVED",
    "PAYMENT_PROCESSED",
    "CONFIRMED",
    "CANCELLING",
    "FAILED",
  ];
  const payments = [undefined, captured, refunded, { status: "VOIDED", amountMinor: 1 }] as const;
  for (const write of Object.keys(writes) as LifecycleWrite[]) {
    it(`makes the write ${write} exactly where the lifecycle allows it`, async () => {
      for (const { productId } of LINES) await shop.addProduct({ productId, stock: 1_000 });
      for (const stage of stages) {
        for (const reserved of [true, false]) {
          for (const payment of payments) {
            const order = await shop.addOrder({ stage, reserved, ...(payment && { payment }) });
            const expected = {
              DUE: "DONE",
              DONE: "ALREADY_DONE",
              OUT_OF_ORDER: "thrown",
              CANCELLED: "CANCELLED",
              CONFIRMED: "CONFIRMED",
            }[standing(write, order)];
            const answer = await writes[write](order.orderId).catch((error: Error) => {
              assert.ok(error.message.includes(order.orderId), error.message);
              return "thrown";
            });
            assert.equal(answer, expected, JSON.stringify({ stage, reserved, payment }));
            assert.equal((await shop.order(order.orderId)).version, expected === "DONE" ? 2 : 1);
          }
        }
      }
    });

    it(`refuses the write ${write} for an order that does not exist, and makes none`, async () => {
      await assert.rejects(writes[write]("ghost"), /Order ghost does not exist/);
      await assert.rejects(shop.order("ghost"));
    });
  }

  for (const write of ["confirm", "fail"] as const) {
    it(`refuses the write ${write} in another tenant's name`, async () => {
      const stage = write === "confirm" ? "PAYMENT_PROCESSED" : "CANCELLING";
      const { orderId } = await shop.addOrder({ stage });
      const foreign = { orderId, tenantId: "globex" };
      const ended = write === "confirm" ? ledger.confirm(foreign, RECEIPT_KEY) : ledger.fail(foreign);
      await assert.rejects(ended, /refuses to (confirm|fail)/);
      assert.equal((await shop.order(orderId)).version, 1);
    });
  }

  it("takes the stock once of two reservations at the same time", async () => {
    const { orderId } = await shop.addOrder();
    const answers = await Promise.all([ledger.reserve(orderId, LINES), ledger.reserve(orderId, LINES)]);
    assert.deepEqual(answers.sort(), ["ALREADY_DONE", "DONE"]);
    assert.deepEqual(await stocks(), [8, 9]);
  });

  it("sells 25 of 25 to 60 orders that come at once", async () => {
    await shop.addProduct({ productId: "PROD-011", name: "Turntable", stock: 25 });
    const orders = await Promise.all(Array.from({ length: 60 }, () => shop.addOrder()));
    const answers = await Promise.all(
      orders.map(({ orderId }) => ledger.reserve(orderId, [{ productId: "PROD-011", qty: 1 }])),
    );
    assert.equal(answers.filter((answer) => answer === "DONE").length, 25);
    assert.equal(answers.filter((answer) => typeof answer === "object").length, 35);
    assert.equal(await shop.stock("PROD-011"), 0);
  });

  it("takes nothing when one line is short, and names what is", async () => {
    await shop.addProduct({ productId: "PROD-003", name: "USB-C Hub", stock: 0 });
    const { orderId } = await shop.addOrder();
    const lines = [...LINES, { productId: "UNKNOWN", qty: 1 }];
    assert.deepEqual(await ledger.reserve(orderId, lines), { short: ["USB-C Hub", "UNKNOWN"] });
    assert.deepEqual([await stocks(), (await shop.order(orderId)).version], [[10, 0], 1]);
  });

  it("does not call an order short that has taken the last piece itself", async () => {
    await shop.addProduct({ productId: "PROD-003", name: "USB-C Hub", stock: 1 });
    const { orderId } = await shop.addOrder();
    assert.equal(await ledger.reserve(orderId, LINES), "DONE");
    assert.equal(await ledger.reserve(orderId, LINES), "ALREADY_DONE");
  });

  it("lets either the confirmation or the fence win, never both", async () => {
    for (let round = 0; round < 10; round++) {
      const { orderId } = await shop.addOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured });
      const [confirmed, cancelled] = await Promise.all([writes.confirm(orderId), ledger.cancel(orderId, outOfStock)]);
      const { stage: won, receiptKey } = await shop.order(orderId);
      assert.equal(receiptKey, won === "CONFIRMED" ? RECEIPT_KEY : undefined);
      assert.deepEqual([confirmed, cancelled], won === "CONFIRMED" ? ["DONE", "CONFIRMED"] : ["CANCELLED", "DONE"]);
    }
  });

  it("keeps the first failure of an order that is cancelled twice", async () => {
    const { orderId } = await shop.addOrder();
    await ledger.cancel(orderId, outOfStock);
    assert.equal(await ledger.cancel(orderId, { ...outOfStock, reason: "Another." }), "ALREADY_DONE");
    assert.deepEqual((await shop.order(orderId)).failure, outOfStock);
  });

  it("gives stock back to a product that is gone, and does not get stuck", async () => {
    const { orderId } = await shop.addOrder({ stage: "CANCELLING", reserved: true });
    assert.equal(await ledger.release(orderId, [{ productId: "GONE", qty: 3 }]), "DONE");
    assert.equal(await shop.stock("GONE"), 3);
  });

  describe("when other transactions are in the way", () => {
    const cancelled = (...codes: string[]) =>
      new TransactionCanceledException({
        $metadata: {},
        message: "",
        CancellationReasons: codes.map((Code) => ({ Code })),
      });

    /** The real table, but the first calls fail as DynamoDB Local never does. */
    const failingWith = (...errors: Error[]): { contended: Ledger; pauses: () => number } => {
      let pauses = 0;
      const send = async (command: any) => {
        const error = errors.shift();
        if (error !== undefined) throw error;
        return shop.client.send(command);
      };
      return { contended: ledgerOver({ send } as never, async () => void pauses++), pauses: () => pauses };
    };

    it("tries again", async () => {
      const { orderId } = await shop.addOrder();
      const conflict = Object.assign(new Error(), { name: "TransactionConflictException" });
      const { contended, pauses } = failingWith(
        cancelled("None", "TransactionConflict", "None"),
        cancelled("ThrottlingError", "None"),
      );
      assert.equal(await contended.reserve(orderId, LINES), "DONE");
      assert.equal(pauses(), 2);
      assert.equal(await failingWith(conflict).contended.cancel(orderId, outOfStock), "DONE");
    });

    it("does not take a short stock for an answer while the order itself is contended", async () => {
      const { orderId } = await shop.addOrder();
      const { contended } = failingWith(cancelled("TransactionConflict", "ConditionalCheckFailed", "None"));
      assert.equal(await contended.reserve(orderId, LINES), "DONE");
    });

    it("takes a short stock for an answer when only other lines are contended", async () => {
      const { orderId } = await shop.addOrder();
      const { contended } = failingWith(cancelled("None", "ConditionalCheckFailed", "TransactionConflict"));
      assert.deepEqual(await contended.reserve(orderId, LINES), { short: ["PROD-001"] });
    });

    it("gives up with a fault, not with a rejection", async () => {
      const { orderId } = await shop.addOrder();
      const errors = Array.from({ length: 3 }, () => cancelled("None", "TransactionConflict"));
      await assert.rejects(failingWith(...errors).contended.reserve(orderId, LINES), TransactionCanceledException);
    });

    it("does not try again what is wrong in itself", async () => {
      const { orderId } = await shop.addOrder();
      const { contended, pauses } = failingWith(cancelled("ValidationError", "TransactionConflict"));
      await assert.rejects(contended.reserve(orderId, LINES), TransactionCanceledException);
      assert.equal(pauses(), 0);
    });
  });
});
