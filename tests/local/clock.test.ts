import assert from "node:assert/strict";
import { Clock } from "../../local/clock";

describe("Clock", () => {
  it("lets an hour pass at once while everything waits", async () => {
    const clock = new Clock(1_000_000);
    const before = clock.now();
    await clock.sleep(3_600_000);
    assert.ok(clock.now() - before >= 3_600_000);
    clock.stop();
  });

  it("goes from one time to the next that is due, and never past it, when nothing limits its speed", async () => {
    const clock = new Clock(Infinity, 0);
    const rung: number[] = [];
    for (const minutes of [3, 1, 2]) clock.after(minutes * 60_000, () => rung.push(Math.round(clock.now() / 60_000)));
    const release = clock.busy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(rung, []);
    release();
    await clock.sleep(3_600_000);
    assert.deepEqual(rung, [1, 2, 3]);
    assert.ok(clock.now() >= 3_600_000 && clock.now() < 3_660_000);
    clock.stop();
  });

  it("runs at the speed of the wall while something works", async () => {
    const clock = new Clock(1_000_000);
    const release = clock.busy();
    const before = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(clock.now() - before < 1_000);
    release();
    clock.stop();
  });

  it("runs fast again while the one that works only waits", async () => {
    const clock = new Clock(1_000_000);
    const release = clock.busy();
    await clock.resting(() => clock.sleep(3_600_000));
    release();
    clock.stop();
  });

  it("calls back in the order of the due times, not of the calls", async () => {
    const clock = new Clock(1_000_000);
    const order: string[] = [];
    clock.after(3_000_000, () => order.push("late"));
    clock.after(1_000_000, () => order.push("early"));
    clock.after(2_000_000, () => order.push("middle"));
    await clock.sleep(4_000_000);
    assert.deepEqual(order, ["early", "middle", "late"]);
    clock.stop();
  });

  it("does not call back what was released", async () => {
    const clock = new Clock(1_000_000);
    let called = false;
    const release = clock.after(1_000_000, () => (called = true));
    release();
    await clock.sleep(2_000_000);
    assert.equal(called, false);
    clock.stop();
  });

  it("ends a sleep with the signal's reason", async () => {
    const clock = new Clock();
    const controller = new AbortController();
    const slept = clock.sleep(60_000, controller.signal);
    controller.abort(new Error("enough"));
    await assert.rejects(slept, { message: "enough" });
    clock.stop();
  });

  it("goes on at another speed when it is turned, for what waits already as well", async () => {
    const clock = new Clock();
    const before = clock.now();
    const slept = clock.sleep(3_600_000);
    clock.turn(1_000_000);
    await slept;
    assert.equal(clock.speed, 1_000_000);
    assert.ok(clock.now() - before >= 3_600_000);
    assert.throws(() => clock.turn(0), /speed must be from 1 to 1000000/);
    clock.stop();
  });

  it("refuses to stand still or run backwards", () => {
    for (const speed of [0, -1, NaN]) assert.throws(() => new Clock(speed), /speed must be from 1 to 1000000/);
  });
});
