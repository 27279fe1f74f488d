import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import * as esbuild from "esbuild";
import { withoutPackages } from "../../components/sourceMap";

describe("withoutPackages", () => {
  const bundled = async (): Promise<{ code: string; map: string }> => {
    const { outputFiles } = await esbuild.build({
      stdin: {
        contents:
          'import { v5 } from "uuid";\nimport { toMinor } from "../../contracts/money";\nexport const all = [v5, toMinor];',
        resolveDir: __dirname,
        sourcefile: "entry.ts",
      },
      ...{ bundle: true, minify: true, platform: "node", sourcemap: "external", outfile: "index.js", write: false },
    });
    const file = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))!.text;
    return { code: file("index.js"), map: file("index.js.map") };
  };

  it("keeps every position of our own files, and knows nothing of packages", async () => {
    const { code, map } = await bundled();
    const [all, own] = [JSON.parse(map), JSON.parse(withoutPackages(map))].map((parsed) => new SourceMap(parsed));

    let ours = 0;
    for (const [line, text] of code.split("\n").entries()) {
      for (let column = 0; column < text.length; column++) {
        const was = all!.findEntry(line, column) as { originalSource?: string; originalLine?: number };
        const is = own!.findEntry(line, column) as typeof was;
        if (was.originalSource?.includes("node_modules") === false) {
          assert.deepEqual([is.originalSource, is.originalLine], [was.originalSource, was.originalLine]);
          ours++;
        } else assert.equal(is.originalSource, undefined, `line ${line}, column ${column}`);
      }
    }
    assert.ok(ours > 100);
    assert.ok(JSON.parse(map).sources.some((source: string) => source.includes("node_modules")));
    assert.ok(!withoutPackages(map).includes("node_modules"));
  });
});
