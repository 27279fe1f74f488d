import assert from "node:assert/strict";
import { orderOptions } from "../../../cli/order/options";
import { UsageError } from "../../../cli/terminal";

describe("the command line of order", () => {
  it("shows one order, checks one, or checks all", () => {
    const rest = { rebuild: false, story: false, json: false, outputsFile: ".local/outputs.json" };
    assert.deepEqual(orderOptions(["o-1"]), { ...rest, orderId: "o-1" });
    assert.deepEqual(orderOptions(["o-1", "--rebuild", "--json"]), {
      ...rest,
      orderId: "o-1",
      rebuild: true,
      json: true,
    });
    assert.deepEqual(orderOptions(["--all", "--rebuild", "--outputs", "f"]), {
      ...rest,
      rebuild: true,
      outputsFile: "f",
    });
    assert.deepEqual(orderOptions(["o-1", "--story"]), { ...rest, orderId: "o-1", story: true });
    assert.equal(orderOptions(["--help"]), "help");
  });

  const refused: [string[], RegExp][] = [
    [[], /^Say which order: npm run order -- ORDER_ID/],
    [["--rebuild"], /^Say which order/],
    [["a", "b"], /takes one id, not 2/],
    [["a", "--all", "--rebuild"], /and not both/],
    [["--all"], /--all goes with --rebuild/],
    [["a", "--story", "--rebuild"], /not with --all or --rebuild/],
    [["a", "--colour"], /Unknown option '--colour'/],
  ];
  for (const [args, message] of refused) {
    it(`refuses "${args.join(" ")}"`, () => {
      assert.throws(
        () => orderOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
