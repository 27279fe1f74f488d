import assert from "node:assert/strict";
import { closedLoop, openLoop } from "../../bench/loops";

describe("closedLoop", () => {
  it("does so many things, never more than so many at once", async () => {
    let now = 0;
    let most = 0;
    const done = await closedLoop({ atOnce: 3, count: 10 }, async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now -= 1;
      return "done";
    });

    assert.equal(done.length, 10);
    assert.equal(most, 3);
  });
});

describe("openLoop", () => {
  it("does not wait for an answer before it begins the next, and tells when each was due", async () => {
    const due: number[] = [];
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    await openLoop({ perSecond: 1_000, seconds: 0.005 }, (dueMs) => {
      due.push(dueMs);
      // None is answered before the last has begun: a loop that waited would never end.
      if (due.length === 5) release();
      return all;
    });

    assert.deepEqual(
      due.map((dueMs) => Math.round(dueMs - (due[0] ?? 0))),
      [0, 1, 2, 3, 4],
    );
  });
});
