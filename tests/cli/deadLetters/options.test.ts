import assert from "node:assert/strict";
import { deadLettersOptions } from "../../../cli/deadLetters/options";
import { UsageError } from "../../../cli/terminal";

describe("the command line of dead-letters", () => {
  it("lists, shows one, and replays some or all", () => {
    const outputsFile = ".local/outputs.json";
    const rest = { all: false, json: false, outputsFile };
    assert.deepEqual(deadLettersOptions(["list"]), { ...rest, action: "list", ids: [] });
    assert.deepEqual(deadLettersOptions(["show", "a", "--json"]), { ...rest, action: "show", ids: ["a"], json: true });
    assert.deepEqual(deadLettersOptions(["replay", "a", "b", "a"]), { ...rest, action: "replay", ids: ["a", "b"] });
    assert.deepEqual(deadLettersOptions(["replay", "--all", "--queue", "relay", "--outputs", "f"]), {
      ...{ action: "replay", ids: [], all: true, json: false, queue: "relay", outputsFile: "f" },
    });
    assert.equal(deadLettersOptions(["--help"]), "help");
  });

  const refused: [string[], RegExp][] = [
    [[], /^Say what to do: list, show ID, or replay ID… or --all\. /],
    [["forget"], /not "forget"/],
    [["list", "a"], /list takes no ids; show a does/],
    [["list", "--all"], /--all belongs to replay, not to list/],
    [["show"], /show takes one id/],
    [["show", "a", "b"], /show takes one id/],
    [["replay"], /replay takes ids, or --all/],
    [["replay", "a", "--all"], /and not both/],
    [["list", "--colour"], /Unknown option '--colour'/],
  ];
  for (const [args, message] of refused) {
    it(`refuses "${args.join(" ")}"`, () => {
      assert.throws(
        () => deadLettersOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
