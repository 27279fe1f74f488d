import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

describe("A function's compiled code", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "compiled-code-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A bundle that is worth keeping, different in each run, and what loading it answers. */
  const load = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, `${text}\n//${"-".repeat(60_000)}`);
    const { load: loaded } = createRequire(__filename)("../../../local/lambda/compiledCode.cjs");
    return loaded(file, join(folder, "kept")) as { exports: any; keep: () => void };
  };
  const kept = (): number => (existsSync(join(folder, "kept")) ? readdirSync(join(folder, "kept")).length : 0);

  it("is kept once, and does the same when it is loaded again", () => {
    const text = `exports.marked = "${folder}"; exports.handler = async (n) => [n + 1, __filename, typeof require("os").cpus]`;
    const before = kept();
    const first = load("a.js", text);
    first.keep();
    assert.equal(kept(), before + 1);
    const second = load("b.js", text);
    second.keep();
    assert.equal(kept(), before + 1);
    return Promise.all([first.exports.handler(1), second.exports.handler(1)]).then((answers) =>
      assert.deepEqual(answers, [
        [2, join(folder, "a.js"), "function"],
        [2, join(folder, "b.js"), "function"],
      ]),
    );
  });

  it("is told apart from code of the same length", () => {
    load("a.js", `exports.one = "${folder}"; exports.answer = 1`).keep();
    assert.equal(load("b.js", `exports.one = "${folder}"; exports.answer = 2`).exports.answer, 2);
  });

  it("is not kept where it imports late, which kept code cannot", async () => {
    const before = kept();
    const { exports, keep } = load("a.js", `exports.os = () => import("node:os"); exports.one = "${folder}"`);
    keep();
    assert.equal(kept(), before);
    assert.equal(typeof (await exports.os()).cpus, "function");
  });
});
