import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { OrderFailure } from "../../contracts/order";
import { cancelOrder, customerReason } from "../../handlers/cancelOrder";
import { observed } from "./observed";

const CAUSE = JSON.stringify({
  errorType: "OutOfStock",
  errorMessage: "Not enough Lamp in stock.",
  trace: ["at secret.js"],
});

describe("cancelOrder", () => {
  it("writes the rejection's own sentence down for the customer", async () => {
    const failures: OrderFailure[] = [];
    const cancel = cancelOrder({ ledger: { cancel: async (_, failure) => (failures.push(failure), "DONE") } });
    const input = {
      orderId: "o",
      tenantId: "acme",
      correlationId: "c",
      step: "ReserveInventory",
      code: "OUT_OF_STOCK",
      cause: CAUSE,
    } as const;
    assert.deepEqual(await cancel(input), { outcome: "CANCELLED" });
    assert.deepEqual(failures, [
      { step: "ReserveInventory", code: "OUT_OF_STOCK", reason: "Not enough Lamp in stock." },
    ]);
  });

  it("tells the customer nothing of our faults", () => {
    const fixed = "A technical fault kept us from completing the order. It is not charged.";
    assert.equal(customerReason("TECHNICAL_FAULT", CAUSE), fixed);
    assert.equal(customerReason("TECHNICAL_FAULT", "Task timed out at 10.0.0.1"), fixed);
  });

  it("has a sentence for a cause that it cannot read", () => {
    for (const cause of ["", "plain text", "null", "{}", '{"errorMessage":7}', '{"errorMessage":"x","tra']) {
      assert.equal(customerReason("PAYMENT_DECLINED", cause), "The payment was declined.", cause);
    }
  });

  it("counts an order that a fault of ours cancels, once, and none that was declined", async () => {
    const input = { orderId: "o", tenantId: "acme", correlationId: "c", step: "s", cause: "" };
    const counted = async (code: "TECHNICAL_FAULT" | "PAYMENT_DECLINED", found: "DONE" | "ALREADY_DONE") => {
      const cancel = cancelOrder({ ledger: { cancel: async () => found } });
      return (await observed(() => cancel({ ...input, code }))).counted;
    };
    assert.deepEqual(await counted("TECHNICAL_FAULT", "DONE"), ["OrderFaulted"]);
    assert.deepEqual(await counted("TECHNICAL_FAULT", "ALREADY_DONE"), []);
    assert.deepEqual(await counted("PAYMENT_DECLINED", "DONE"), []);
  });

  it("says on which side of the fence the order stands", async () => {
    const answers: unknown[] = [];
    for (const found of ["DONE", "ALREADY_DONE", "CONFIRMED"] as const) {
      const cancel = cancelOrder({ ledger: { cancel: async () => found } });
      answers.push(
        await cancel({
          orderId: "o",
          tenantId: "acme",
          correlationId: "c",
          step: "s",
          code: "TECHNICAL_FAULT",
          cause: "",
        }),
      );
    }
    assert.deepEqual(answers, [{ outcome: "CANCELLED" }, { outcome: "CANCELLED" }, { outcome: "CONFIRMED" }]);
  });
});
