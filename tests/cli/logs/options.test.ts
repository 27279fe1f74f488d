import assert from "node:assert/strict";
import { logsOptions } from "../../../cli/logs/options";
import { UsageError } from "../../../cli/terminal";

describe("the command line of logs", () => {
  it("takes an order or a correlation id, a time, a level", () => {
    const rest = { json: false, outputsFile: ".local/outputs.json" };
    assert.deepEqual(logsOptions(["--order", "o-1"]), { ...rest, subject: { key: "orderId", id: "o-1" } });
    assert.deepEqual(
      logsOptions(["--correlation", "c.1", "--since", "15m", "--level", "warn", "--json", "--outputs", "f"]),
      { subject: { key: "correlationId", id: "c.1" }, sinceMs: 900_000, level: "WARN", json: true, outputsFile: "f" },
    );
    assert.deepEqual(logsOptions(["--function", "f"]), { ...rest, subject: { key: "function", id: "f" } });
    assert.equal(logsOptions(["--help"]), "help");
  });

  const refused: [string[], RegExp][] = [
    [[], /^Say whose lines: --order ID, --correlation ID or --function NAME/],
    [["--order", "a", "--correlation", "b"], /one of them/],
    [["--order", '*" || $.x = "'], /is no id/],
    [["--order", "a", "--since", "yesterday"], /^--since takes a time such as 90s, 15m, 1h or 2d, not "yesterday"/],
    [["--order", "a", "--since", "0h"], /^--since takes/],
    [["--order", "a", "--level", "LOUD"], /^--level takes one of TRACE, .*, not "LOUD"/],
    [["a"], /Unexpected argument 'a'/],
  ];
  for (const [args, message] of refused) {
    it(`refuses "${args.join(" ")}"`, () => {
      assert.throws(
        () => logsOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
