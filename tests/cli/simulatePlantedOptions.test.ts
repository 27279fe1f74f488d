import assert from "node:assert/strict";
import { simulatePlantedOptions } from "../../cli/simulatePlantedOptions";
import { PLANTED_BUGS } from "../../simulation/planted/plantedBugs";

describe("the options of npm run simulate:planted", () => {
  it("are every bug and ten seeds when nothing is said", () => {
    const options = simulatePlantedOptions([]);
    assert.ok(options !== "help");
    assert.equal(options.bugs, PLANTED_BUGS);
    assert.deepEqual(options.seeds, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert.equal(options.list, false);
  });

  it("take bugs one by one, and in lists", () => {
    const [first, second, third] = PLANTED_BUGS.map(({ id }) => id);
    const args = ["--only", `${first},${second}`, `${third}`, "--orders", "7", "--seeds", "3..4"];
    const options = simulatePlantedOptions(args);
    assert.ok(options !== "help");
    assert.deepEqual(
      options.bugs.map(({ id }) => id),
      [first, second, third],
    );
    assert.deepEqual([options.orders, options.seeds], [7, [3, 4]]);
  });

  it("refuse a bug, a range and a number that are none", () => {
    assert.throws(() => simulatePlantedOptions(["--only", "no-such-bug"]), /no planted bug "no-such-bug"/);
    assert.throws(() => simulatePlantedOptions(["no-such-bug"]), /after --only/);
    for (const seeds of ["4..3", "1", "1..101"]) {
      assert.throws(() => simulatePlantedOptions(["--seeds", seeds]), /--seeds takes a range of at most 100 seeds/);
    }
    assert.throws(() => simulatePlantedOptions(["--orders", "0"]), /--orders takes a whole number/);
  });
});
