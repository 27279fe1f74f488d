import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { IdleWorkers } from "../../../local/lambda/idleWorkers";
import type { Worker } from "../../../local/lambda/worker";

describe("idle processes of a function", () => {
  const [first, second, third] = ["first", "second", "third"].map((name) => ({ name }) as unknown as Worker);
  let count: number;
  let ended: Worker[];
  let idle: IdleWorkers;

  beforeEach(async () => {
    [count, ended] = [2, []];
    const end = (worker: Worker): void => {
      count -= 1;
      ended.push(worker);
    };
    idle = new IdleWorkers({ count: () => count, usual: 2, isSpare: () => false, end, unusedMs: 30 });
    idle.add(first!);
    idle.add(second!);
    await wait(60);
  });
  afterEach(() => idle.stop());

  it("are one less when both were idle most of the time: the next that is done ends", () => {
    assert.deepEqual(ended, []);
    idle.add(idle.take()!);
    assert.deepEqual(ended, [second]);
    idle.add(idle.take()!);
    assert.deepEqual(ended, [second]);
  });

  it("are not one less again when one ended by itself", () => {
    idle.remove(second!);
    count = 1;
    idle.add(idle.take()!);
    count = 2;
    idle.add(third!);
    assert.deepEqual(ended, []);
  });
});
