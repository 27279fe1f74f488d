import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lambdaTelemetry, log } from "../../handlers/telemetry";
import { aContext } from "./entries/aContext";
import { linesOf } from "./observed";

describe("telemetry", () => {
  it("tells an error and its cause, and nothing that they carry", async () => {
    const cause = Object.assign(new Error("The condition failed"), { Item: { customerEmail: "ada@example.com" } });
    const error = Object.assign(new TypeError("No", { cause }), { order: { customerEmail: "ada@example.com" } });
    const lines = await linesOf(() =>
      lambdaTelemetry("test")(aContext, {}, async () => log("error", "It failed.", { error })),
    );
    const [line] = lines;
    assert.equal(line.error.name, "TypeError");
    assert.equal(line.error.message, "No");
    assert.match(JSON.stringify(line.error), /The condition failed/);
    assert.match(line.error.stack, /telemetry\.test/);
    assert.doesNotMatch(JSON.stringify(lines), /ada@example\.com/);
  });
});
