import assert from "node:assert/strict";
import { repeatCommand, simulateOptions, type SimulateOptions } from "../../cli/simulateOptions";
import { TROUBLES } from "../../simulation/scenario";

const read = (...args: string[]) => simulateOptions(args, () => 42) as SimulateOptions;

describe("the options of npm run simulate", () => {
  it("draw a seed when none is given, and let everything go wrong", () => {
    const { seeds, troubles, json } = read();
    assert.deepEqual([seeds, troubles, json], [[42], TROUBLES, false]);
  });

  it("take a seed, a range of seeds, orders and faults", () => {
    assert.deepEqual(read("--seed", "7").seeds, [7]);
    assert.deepEqual(read("--seeds", "3..5").seeds, [3, 4, 5]);
    assert.equal(read("--orders", "250").orders, 250);
    assert.deepEqual(read("--faults", "none").troubles, []);
    assert.deepEqual(read("--faults", "outage,delay").troubles, ["delay", "outage"]);
  });

  it("name what is wrong", () => {
    const wrong: [string[], RegExp][] = [
      [["--seed", "x"], /--seed takes a whole number from 0 to 4294967295, not "x"/],
      [["--seed", "1", "--seeds", "1..2"], /not both/],
      [["--seeds", "5..3"], /--seeds takes a range .* not "5..3"/],
      [["--orders", "0"], /--orders takes a whole number from 1 to 10000, not "0"/],
      [["--faults", "delay,gremlins"], /--faults takes none, all, or some of .*, not "gremlins"/],
      [["--speed", "0"], /--speed takes/],
      [["--what"], /--what/],
    ];
    for (const [args, message] of wrong) assert.throws(() => read(...args), message);
  });

  it("say how to repeat a run, exactly", () => {
    const options = read("--seeds", "1..9", "--orders", "30", "--faults", "late,delay", "--speed", "9");
    assert.equal(repeatCommand(options, 4), "npm run simulate -- --seed 4 --orders 30 --faults delay,late --speed 9");
    assert.equal(repeatCommand(read("--seed", "4"), 4), "npm run simulate -- --seed 4 --orders 100");
    assert.match(repeatCommand(read("--faults", "none"), 4), /--faults none$/);
  });
});
