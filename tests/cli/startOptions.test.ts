import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { startOptions, type StartOptions } from "../../cli/startOptions";

const settings = (...args: string[]) => (startOptions(args) as StartOptions).settings;

describe("the options of npm start", () => {
  it("keep a ledger when asked to, unless a setting says otherwise", () => {
    assert.deepEqual(settings(), []);
    assert.deepEqual(settings("--ledger"), ["ledger=true"]);
    assert.deepEqual(settings("--ledger", "--set", "ledger=false"), ["ledger=true", "ledger=false"]);
  });
});
