import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { directEntry } from "../../../handlers/entries/directEntry";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

describe("directEntry", () => {
  it("answers what the handler answers", async () => {
    const entry = directEntry({ service: "test" }, async ({ after }: { after: string }) => ({ next: after }));
    assert.deepEqual(await entry({ after: "a" }, aContext), { next: "a" });
  });

  it("logs what the handler throws, and throws it", async () => {
    const entry = directEntry({ service: "test" }, () => Promise.reject(new Error("broken")));
    const [line] = await linesOf(() => assert.rejects(entry({}, aContext), /broken/));
    assert.deepEqual([line.level, line.error.message], ["ERROR", "broken"]);
  });
});
