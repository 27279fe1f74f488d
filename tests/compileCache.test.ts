import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COMPILE_CACHE = join(__dirname, "..", "compileCache.cjs");
const LONG = `//${"-".repeat(3_000)}\n`;

describe("Packages' compiled code", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "compile-cache-"));
    mkdirSync(join(folder, "node_modules", "thing"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (text: string, timeSeconds = 1_000): void => {
    const file = join(folder, "node_modules", "thing", "index.js");
    writeFileSync(file, text + LONG);
    utimesSync(file, timeSeconds, timeSeconds);
  };
  /** What a process of its own says of the package. */
  const say = (expression: string): string => {
    const script =
      `require(${JSON.stringify(COMPILE_CACHE)}).enable("kept");` +
      `Promise.resolve(${expression}).then((said) => process.stdout.write(String(said)));`;
    // Where coverage is counted, nothing is kept.
    const { NODE_V8_COVERAGE: _, ...env } = process.env;
    return execFileSync(process.execPath, ["-e", script], { cwd: folder, env, encoding: "utf8" });
  };
  const kept = (): readonly string[] => readdirSync(join(folder, "kept"), { recursive: true }).map(String).sort();

  it("is kept when the process ends, and does the same in the next", () => {
    write(
      `exports.who = () => [__filename, require("node:path").basename(__dirname), this === module.exports].join();`,
    );
    const first = say(`require("thing").who()`);
    assert.equal(first, `${join(folder, "node_modules", "thing", "index.js")},thing,true`);
    const names = kept();
    assert.ok(names.length > 0);
    assert.equal(say(`require("thing").who()`), first);
    assert.deepEqual(kept(), names);
  });

  it("is made anew when the package changes, even to a text as long as before", () => {
    write("module.exports = 1;");
    assert.equal(say(`require("thing")`), "1");
    write("module.exports = 2;", 2_000);
    assert.equal(say(`require("thing")`), "2");
  });

  it("requires and resolves as any module does", () => {
    write(
      `module.exports = [require.resolve("thing") === __filename, __filename in require.cache, require.main === undefined];`,
    );
    assert.equal(say(`require("thing")`), say(`require("thing")`));
    assert.equal(say(`require("thing")`), "true,true,true");
  });

  it("may import, today and in the next process", () => {
    write(`module.exports = async () => typeof (await import("node:os")).cpus;`);
    assert.equal(say(`require("thing")()`), "function");
    assert.equal(say(`require("thing")()`), "function");
  });

  it("is no hindrance where nothing can be written", () => {
    writeFileSync(join(folder, "kept"), "");
    write("module.exports = 3;");
    assert.equal(say(`require("thing")`), "3");
  });
});
