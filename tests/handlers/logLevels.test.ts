import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { LEVELS, logLevels } from "../../handlers/logLevels";

/** The levels that an invocation writes. */
function written(environment: NodeJS.ProcessEnv, drawn = 0.5): readonly string[] {
  const writes = logLevels(environment, () => drawn)();
  return LEVELS.filter(writes);
}

describe("logLevels", () => {
  it("writes what is as bad as the setting says, or worse", () => {
    assert.deepEqual(written({ POWERTOOLS_LOG_LEVEL: "DEBUG" }), ["debug", "info", "warn", "error"]);
    assert.deepEqual(written({}), ["info", "warn", "error"]);
    assert.deepEqual(written({ POWERTOOLS_LOG_LEVEL: "ERROR" }), ["error"]);
  });

  it("writes everything of as many invocations of a hundred as are sampled", () => {
    const sampled = { POWERTOOLS_LOG_LEVEL: "ERROR", DEBUG_LOG_SAMPLE_PERCENT: "10" };
    assert.deepEqual(written(sampled, 0.0999), [...LEVELS]);
    assert.deepEqual(written(sampled, 0.1), ["error"]);
    assert.deepEqual(written({ DEBUG_LOG_SAMPLE_PERCENT: "0" }, 0), ["info", "warn", "error"]);
    assert.deepEqual(written({ DEBUG_LOG_SAMPLE_PERCENT: "100" }, 0.9999), [...LEVELS]);
  });

  it("decides for an invocation as a whole", () => {
    const drawn = [0.9, 0.01];
    const levels = logLevels({ DEBUG_LOG_SAMPLE_PERCENT: "5" }, () => drawn.shift() ?? 1);
    const [first, second] = [levels(), levels()];
    assert.deepEqual([first("debug"), second("debug"), first("debug"), second("debug")], [false, true, false, true]);
  });
});
