import { strict as assert } from "node:assert";
import { setTimeout as wait } from "node:timers/promises";
import { LambdaBench } from "./lambdaBench";

/** A handler that takes a while, and tells which process it ran in. */
const taking = (ms: number): string =>
  `exports.handler = async ({ n }) => { await new Promise((r) => setTimeout(r, ${ms})); return [n, process.pid]; }`;

describe("several calls of a function at once", () => {
  let bench: LambdaBench;

  afterEach(() => bench.stop());

  async function processOf(name: string, n: number): Promise<number> {
    const result = await bench.lambda.invoke(name, { n });
    assert.ok(result.ok, JSON.stringify(result));
    return (result.payload as [number, number])[1];
  }

  async function processIds(calls: number, ms: number): Promise<number[]> {
    const name = `takes-${ms}`;
    await bench.deploy(name, taking(ms));
    await processOf(name, 0);
    return [...new Set(await Promise.all(Array.from({ length: calls }, (_, n) => processOf(name, n))))];
  }

  const processesFor = async (calls: number, ms: number): Promise<number> => (await processIds(calls, ms)).length;

  it("wait, in their order, for its only process", async () => {
    bench = new LambdaBench({ maxWorkers: (name) => (name === "narrow" ? 1 : 2) });
    await bench.deploy("narrow", taking(5));
    const ended: number[] = [];
    const call = async (n: number): Promise<number> => {
      const pid = await processOf("narrow", n);
      ended.push(n);
      return pid;
    };
    const pids = await Promise.all([1, 2, 3].map(call));
    assert.deepEqual(ended, [1, 2, 3]);
    assert.equal(new Set(pids).size, 1);
  });

  it("start no other process when whom they wait for is soon done", async () => {
    bench = new LambdaBench({ spareTime: { share: () => 1 } });
    assert.equal(await processesFor(4, 5), 1);
  });

  it("start no other process after a standstill when they are soon done", async () => {
    bench = new LambdaBench({ spareTime: { share: () => 1 } });
    await bench.deploy(
      "stands",
      `exports.handler = async ({ n }) => new Promise((r) => setTimeout(r, n, [n, process.pid]))`,
    );
    for (let n = 0; n < 10; n++) await processOf("stands", 5);
    const ids = await Promise.all([600, 5, 5, 5].map((ms) => processOf("stands", ms)));
    assert.equal(new Set(ids).size, 1);
    const slow = await Promise.all(Array.from({ length: 6 }, () => processOf("stands", 600)));
    assert.ok(new Set(slow).size > 1, "so many that wait so long are not");
  });

  it("start a second process after a while when no processor is idle, and no third", async () => {
    bench = new LambdaBench({ spareTime: { share: () => 0 } });
    assert.equal(await processesFor(2, 300), 1, "done sooner than another is worth it");
    assert.equal(await processesFor(4, 1_200), 2);
  });

  it("start up to four processes, soon, while processors are idle", async () => {
    bench = new LambdaBench({ spareTime: { share: () => 0.5 } });
    assert.equal(await processesFor(8, 700), 4);
  });

  it("leave two processes when the others were not used for a while, and start them again", async () => {
    bench = new LambdaBench({ spareTime: { share: () => 1 }, unusedMs: 400 });
    const before = await processIds(8, 700);
    assert.equal(before.length, 4);
    await wait(1_200);
    const after = new Set(await Promise.all(Array.from({ length: 8 }, (_, n) => processOf("takes-700", n))));
    assert.equal(before.filter((pid) => after.has(pid)).length, 2);
    assert.equal(after.size, 4);
  });

  it("keep the processes that are used now and then", async () => {
    bench = new LambdaBench({ spareTime: { share: () => 1 }, unusedMs: 900 });
    const before = await processIds(8, 700);
    for (let n = 0; n < 3; n++) {
      await wait(300);
      const again = new Set(await Promise.all(before.map(() => processOf("takes-700", n))));
      assert.deepEqual([...again].sort(), [...before].sort());
    }
  });

  it("go back to two processes when no processor is idle any more, however much they are used", async () => {
    let share = 1;
    bench = new LambdaBench({ spareTime: { share: () => share }, unusedMs: 200 });
    assert.equal((await processIds(12, 300)).length, 4);
    share = 0;
    const inARow = async (): Promise<number[]> => {
      const pids: number[] = [];
      for (let n = 0; n < 6; n++) pids.push(await processOf("takes-300", n));
      return pids.slice(-1);
    };
    const late = await Promise.all(Array.from({ length: 6 }, inARow));
    assert.equal(new Set(late.flat()).size, 2);
  });

  it("go back to one process when it would do, unless processors are idle", async () => {
    let share = 1;
    bench = new LambdaBench({ maxWorkers: 2, spareTime: { share: () => share }, unusedMs: 300 });
    const two = async (): Promise<number> =>
      new Set(await Promise.all([1, 2].map((n) => processOf("takes-300", n)))).size;
    const nowAndThen = async (): Promise<void> => {
      for (let n = 0; n < 3; n++) await processOf("takes-300", n).then(() => wait(500));
    };
    assert.equal((await processIds(4, 300)).length, 2);
    await nowAndThen();
    assert.equal(await two(), 2, "processors are idle");
    share = 0;
    for (let n = 0; n < 4; n++) assert.equal(await two(), 2, "both are used all the time");
    await nowAndThen();
    assert.equal(await two(), 1);
  });

  it("start no more processes than it may have, however idle processors are", async () => {
    bench = new LambdaBench({ maxWorkers: 2, spareTime: { share: () => 1 } });
    assert.equal(await processesFor(6, 700), 2);
  });
});
