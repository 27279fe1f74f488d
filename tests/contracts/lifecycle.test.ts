import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lifecycle, standing, statusOf, type LifecycleWrite, type Standing } from "../../contracts/lifecycle";
import { OPEN_STAGES, type OrderStage } from "../../contracts/order";
import { anOrder, captured, refunded } from "./anOrder";

const STAGES: OrderStage[] = [...OPEN_STAGES, "CONFIRMED", "CANCELLING", "FAILED"];

/** Stage by stage, in the order of STAGES, for an order with nothing reserved and nothing paid. */
const TABLE: Record<LifecycleWrite, Standing[]> = {
  reserve: ["DUE", "DONE", "DONE", "DONE", "CANCELLED", "CANCELLED"],
  pay: ["OUT_OF_ORDER", "DUE", "DONE", "DONE", "CANCELLED", "CANCELLED"],
  confirm: ["OUT_OF_ORDER", "OUT_OF_ORDER", "DUE", "DONE", "CANCELLED", "CANCELLED"],
  cancel: ["DUE", "DUE", "DUE", "CONFIRMED", "DONE", "DONE"],
  refund: ["OUT_OF_ORDER", "OUT_OF_ORDER", "OUT_OF_ORDER", "OUT_OF_ORDER", "DUE", "DONE"],
  release: ["OUT_OF_ORDER", "OUT_OF_ORDER", "OUT_OF_ORDER", "OUT_OF_ORDER", "DONE", "DONE"],
  fail: ["OUT_OF_ORDER", "OUT_OF_ORDER", "OUT_OF_ORDER", "OUT_OF_ORDER", "DUE", "DONE"],
};

describe("lifecycle", () => {
  for (const [write, expected] of Object.entries(TABLE) as [LifecycleWrite, Standing[]][]) {
    it(`knows where ${write} stands at each stage`, () => {
      assert.deepEqual(
        STAGES.map((stage) => standing(write, anOrder({ stage }))),
        expected,
      );
    });
  }

  it("has no way out of CONFIRMED and FAILED", () => {
    const ways = Object.values(lifecycle).flatMap(({ from }) => from);
    assert.ok(!ways.includes("CONFIRMED") && !ways.includes("FAILED"));
  });

  it("fails no order that holds stock or money", () => {
    const cancelling = anOrder({ stage: "CANCELLING" });
    assert.equal(standing("fail", { ...cancelling, reserved: true }), "OUT_OF_ORDER");
    assert.equal(standing("fail", { ...cancelling, payment: captured }), "OUT_OF_ORDER");
    assert.equal(standing("fail", { ...cancelling, payment: refunded }), "DUE");
  });

  it("releases and refunds once", () => {
    const cancelling = anOrder({ stage: "CANCELLING", reserved: true, payment: captured });
    assert.equal(standing("release", cancelling), "DUE");
    assert.equal(standing("refund", cancelling), "DUE");
    assert.equal(standing("release", { ...cancelling, reserved: false }), "DONE");
    assert.equal(standing("refund", { ...cancelling, payment: refunded }), "DONE");
  });

  it("shows clients PENDING until the end", () => {
    assert.deepEqual(STAGES.map(statusOf), ["PENDING", "PENDING", "PENDING", "CONFIRMED", "PENDING", "FAILED"]);
  });
});
