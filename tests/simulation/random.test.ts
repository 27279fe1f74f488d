import assert from "node:assert/strict";
import { Random } from "../../simulation/random";

const ten = (random: Random) => Array.from({ length: 10 }, () => random.next());

describe("seeded random numbers", () => {
  it("are the same for the same seed, and others for another", () => {
    assert.deepEqual(ten(new Random("7")), ten(new Random("7")));
    assert.notDeepEqual(ten(new Random("7")), ten(new Random("8")));
  });

  it("for one purpose do not change with what is drawn for another", () => {
    const random = new Random("7");
    const before = ten(random.fork("workload"));
    ten(random);
    ten(random.fork("faults"));
    assert.deepEqual(ten(random.fork("workload")), before);
    assert.notDeepEqual(ten(random.fork("faults")), before);
  });

  it("lie from 0 up to 1, evenly", () => {
    const random = new Random("7");
    const counts = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 10_000; draw++) {
      const decile = Math.floor(random.next() * 10);
      counts[decile] = (counts[decile] ?? NaN) + 1;
    }
    for (const count of counts) assert.ok(count > 850 && count < 1_150, String(counts));
  });

  it("reach both ends of a range of whole numbers, and every choice", () => {
    const random = new Random("7");
    const whole = new Set(Array.from({ length: 200 }, () => random.whole(3, 6)));
    assert.deepEqual([...whole].sort(), [3, 4, 5, 6]);
    const picked = new Set(Array.from({ length: 200 }, () => random.pick(["a", "b"])));
    assert.deepEqual([...picked].sort(), ["a", "b"]);
    assert.throws(() => random.pick([]), /nothing to pick/);
  });

  it("pick some different ones, and no more than there are", () => {
    const random = new Random("7");
    for (let draw = 0; draw < 50; draw++) assert.equal(new Set(random.pickSome(3, [1, 2, 3, 4])).size, 3);
    assert.deepEqual(random.pickSome(9, [1, 2, 3]).sort(), [1, 2, 3]);
  });

  it("follow weights", () => {
    const random = new Random("7");
    const drawn = Array.from({ length: 1_000 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }));
    const often = drawn.filter((key) => key === "often").length;
    assert.ok(often > 850 && often < 950, String(often));
    assert.ok(!drawn.includes("never"));
  });
});
