import { strict as assert } from "node:assert";
import { SpareTime, type ProcessorTimes } from "../../../local/lambda/spareTime";

describe("spare time of the processors", () => {
  let nowMs: number;
  let times: ProcessorTimes;
  let looks: number;
  let spare: SpareTime;

  beforeEach(() => {
    nowMs = 10_000;
    times = { idle: 5_000, all: 20_000 };
    looks = 0;
    const look = (): ProcessorTimes => {
      looks += 1;
      return times;
    };
    spare = new SpareTime(look, () => nowMs);
  });

  function pass(ms: number, { idle, of }: { idle: number; of: number }): void {
    nowMs += ms;
    times = { idle: times.idle + idle, all: times.all + of };
  }

  it("is not known before some time was seen to pass", () => {
    assert.equal(spare.share(), 0);
    pass(100, { idle: 200, of: 200 });
    assert.equal(spare.share(), 0);
  });

  it("is the idle share since the last look", () => {
    spare.share();
    pass(500, { idle: 250, of: 1_000 });
    assert.equal(spare.share(), 0.25);
    pass(500, { idle: 900, of: 1_000 });
    assert.equal(spare.share(), 0.9);
  });

  it("looks no more often than the system counts well", () => {
    spare.share();
    pass(500, { idle: 250, of: 1_000 });
    spare.share();
    pass(100, { idle: 0, of: 200 });
    assert.equal(spare.share(), 0.25);
    assert.equal(looks, 2);
  });

  it("does not take for lately what was long ago", () => {
    spare.share();
    pass(60_000, { idle: 120_000, of: 120_000 });
    assert.equal(spare.share(), 0);
    pass(500, { idle: 500, of: 1_000 });
    assert.equal(spare.share(), 0.5);
  });

  it("reads this machine's own processors", async () => {
    const own = new SpareTime();
    own.share();
    await new Promise((resolve) => setTimeout(resolve, 450));
    const share = own.share();
    assert.ok(share >= 0 && share <= 1, `${share}`);
  });
});
