import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { task, Rejection } from "../../../contracts/task";
import type { ByOrder } from "../../../contracts/orderTasks";
import { taskEntry } from "../../../handlers/entries/taskEntry";
import { count } from "../../../handlers/telemetry";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

const paint = task<ByOrder, { colour: string }>("Paint").rejecting("OutOfPaint");
const input = { orderId: "o-1", tenantId: "acme", correlationId: "c-1" };

describe("taskEntry", () => {
  it("answers what the handler answers", async () => {
    const lines = await linesOf(async () => {
      const entry = taskEntry(paint, async () => (count("InventoryReserved"), { colour: "red" }));
      assert.deepEqual(await entry(input, aContext), { colour: "red" });
    });
    const { service, orderId, tenantId, correlationId } = lines[0];
    assert.deepEqual([service, orderId, tenantId, correlationId], ["Paint", "o-1", "acme", "c-1"]);
    assert.equal(lines[1].InventoryReserved, 1);
  });

  it("throws a rejection under the name that the state machine matches, without a stack", async () => {
    const entry = taskEntry(paint, async () => new Rejection("OutOfPaint", "No red."));
    const lines = await linesOf(() =>
      assert.rejects(entry(input, aContext), (error: Error) => {
        assert.deepEqual([error.name, error.message, error.stack], ["OutOfPaint", "No red.", "OutOfPaint: No red."]);
        return true;
      }),
    );
    assert.deepEqual(
      lines.map(({ level, code }) => [level, code]),
      [["INFO", "OutOfPaint"]],
    );
  });

  it("lets a fault through as it is, and logs it", async () => {
    const fault = new TypeError("broken");
    const entry = taskEntry(paint, () => Promise.reject(fault));
    const lines = await linesOf(() => assert.rejects(entry(input, aContext), (error) => error === fault));
    assert.deepEqual(
      lines.map(({ level, orderId }) => [level, orderId]),
      [["ERROR", "o-1"]],
    );
  });
});
