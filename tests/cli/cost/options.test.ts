import assert from "node:assert/strict";
import { cost } from "../../../cli/cost/command";
import { costOptions } from "../../../cli/cost/options";

describe("the command line of npm run cost", () => {
  it("looks at a million orders of a production stack unless told otherwise", () => {
    const options = costOptions([]);
    assert.ok(options !== "help");
    assert.deepEqual([options.orders, options.stack, options.perSecond], [1_000_000, "prod", 20]);
  });

  it("takes shares of any sum, and endings that are not named for none", () => {
    const options = costOptions(["--mix", "confirmed=3,declined=1"]);
    assert.ok(options !== "help");
    assert.deepEqual(options.mix, { confirmed: 0.75, outOfStock: 0, declined: 0.25, compensated: 0 });
  });

  const wrong: [string[], RegExp][] = [
    [["--mix", "confirmed"], /--mix takes confirmed, outOfStock, declined, compensated.*not "confirmed"/],
    [["--mix", "lost=1"], /--mix takes/],
    [["--mix", "confirmed=1,confirmed=2"], /--mix takes/],
    [["--mix", "confirmed=0"], /--mix takes/],
    [["--orders", "many"], /--orders takes a whole number from 1 to 1000000000000, not "many"/],
    [["--rate", "0"], /--rate takes a whole number from 1 to 100, not "0"/],
    [["--sample", "5"], /--sample takes a whole number from 20 to 2000, not "5"/],
    [["--speed", "5"], /--speed/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses ${args.join(" ")}`, async () => {
      const said: string[] = [];
      const code = await cost(args, { say: () => assert.fail(), complain: (text) => void said.push(text) });
      assert.equal(code, 2);
      assert.match(said.join(), message);
      assert.match(said.join(), /Usage: npm run cost/);
    });
  }
});
