import assert from "node:assert/strict";
import { benchOptions, PARTS } from "../../../cli/bench/options";
import { UsageError } from "../../../cli/terminal";

describe("benchOptions", () => {
  it("measures every part three times by default, and once when quick", () => {
    assert.deepEqual(benchOptions([]), { parts: PARTS, runs: 3, isQuick: false, json: false, save: false });
    assert.deepEqual(benchOptions(["--quick", "--part", "memory,cold"]), {
      ...{ parts: ["cold", "memory"], runs: 1, isQuick: true, json: false, save: false },
    });
  });

  it("says what an option takes", () => {
    const refused = (args: string[], message: RegExp): void => {
      assert.throws(
        () => benchOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    };
    refused(["--part", "speed"], /takes any of cold, api, pipeline, growth, contention, memory, not "speed"/);
    refused(["--runs", "0"], /whole number from 1 to 20, not "0"/);
    refused(["--quick", "--save"], /leave --quick out/);
    refused(["--fast"], /--fast/);
  });
});
