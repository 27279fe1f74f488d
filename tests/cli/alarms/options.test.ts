import assert from "node:assert/strict";
import { alarmsOptions } from "../../../cli/alarms/options";
import { UsageError } from "../../../cli/terminal";

const DAY_MS = 86_400_000;

describe("the command line of alarms", () => {
  it("shows all alarms, their history, or one alarm", () => {
    const rest = { history: false, json: false, outputsFile: ".local/outputs.json", sinceMs: DAY_MS };
    assert.deepEqual(alarmsOptions([]), rest);
    assert.deepEqual(alarmsOptions(["--history", "--since", "2h"]), { ...rest, history: true, sinceMs: 7_200_000 });
    assert.deepEqual(alarmsOptions(["relay-age", "--json"]), {
      ...{ ...rest, name: "relay-age", json: true, sinceMs: 30 * DAY_MS },
    });
    assert.equal(alarmsOptions(["--help"]), "help");
  });

  const refused: [string[], RegExp][] = [
    [["a", "b"], /takes one name, not 2/],
    [["--since", "1h"], /--since goes with --history or NAME/],
    [["--history", "--since", "soon"], /--since takes a time/],
    [["--loud"], /Unknown option '--loud'/],
  ];
  for (const [args, message] of refused) {
    it(`refuses "${args.join(" ")}"`, () => {
      assert.throws(
        () => alarmsOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
