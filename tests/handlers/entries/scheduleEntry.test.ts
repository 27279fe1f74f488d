import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { scheduleEntry } from "../../../handlers/entries/scheduleEntry";
import { count } from "../../../handlers/telemetry";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

describe("scheduleEntry", () => {
  it("runs for the time at which the run was due, and publishes what it counted", async () => {
    const times: Date[] = [];
    const entry = scheduleEntry({ service: "reconcileOrders" }, async (at) => {
      times.push(at);
      count("OrdersRequeued", 3);
    });
    const lines = await linesOf(() => entry({ time: "2026-11-20T12:00:00Z" }, aContext));
    assert.deepEqual(times, [new Date("2026-11-20T12:00:00Z")]);
    assert.equal(lines.find((line) => "_aws" in line)?.["OrdersRequeued"], 3);
  });

  it("runs for now when it is invoked without a time", async () => {
    const times: Date[] = [];
    await scheduleEntry({ service: "s" }, async (at) => void times.push(at))({}, aContext);
    assert.ok(Math.abs(times[0]!.getTime() - Date.now()) < 60_000);
  });

  it("throws what the run throws, so that Lambda tries again", async () => {
    const entry = scheduleEntry({ service: "s" }, () => Promise.reject(new Error("queue away")));
    await linesOf(() => assert.rejects(entry({ time: "2026-11-20T12:00:00Z" }, aContext), /queue away/));
    await assert.rejects(entry({ time: "noon" }, aContext), /is no time: noon/);
  });
});
