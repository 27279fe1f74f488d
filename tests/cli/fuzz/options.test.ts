import assert from "node:assert/strict";
import { fuzzOptions, repeatCommand, type FuzzOptions } from "../../../cli/fuzz/options";

const read = (...args: string[]) => fuzzOptions(args, () => 42) as FuzzOptions;

describe("the options of npm run fuzz", () => {
  it("draw a seed when none is given, and ask for a pipeline of its own", () => {
    assert.deepEqual(read(), { requests: 20_000, seed: 42, json: false });
  });

  it("take everything else", () => {
    assert.deepEqual(read("--requests", "5", "--seed", "7", "--only", "3", "--outputs", "o.json", "--json"), {
      ...{ requests: 5, seed: 7, only: 3, outputsFile: "o.json", json: true },
    });
    assert.equal(fuzzOptions(["--help"]), "help");
  });

  it("name what is wrong", () => {
    const wrong: [string[], RegExp][] = [
      [["--requests", "0"], /--requests takes a whole number from 1 to 1000000, not "0"/],
      [["--seed", "x"], /--seed takes/],
      [["--only", "-1"], /--only/],
      [["--what"], /--what/],
    ];
    for (const [args, message] of wrong) assert.throws(() => read(...args), message);
  });

  it("say how to send one request again", () => {
    assert.equal(repeatCommand({ seed: 7 }, 12), "npm run fuzz -- --seed 7 --only 12");
    assert.equal(
      repeatCommand({ seed: 7, outputsFile: "o.json" }, 0),
      "npm run fuzz -- --seed 7 --only 0 --outputs o.json",
    );
  });
});
