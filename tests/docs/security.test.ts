import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** What a document says is in a file: "`tests/….test.ts` "title"". */
function evidenceIn(text: string): { readonly file: string; readonly title: string }[] {
  return [...text.matchAll(/`(tests\/[\w./-]+\.test\.ts)` "([^"]+)"/g)].map(([, file = "", title = ""]) => ({
    file,
    title,
  }));
}

/** What of it is not there. */
function missing(evidence: ReturnType<typeof evidenceIn>): string[] {
  return evidence.flatMap(({ file, title }) => {
    const path = join(ROOT, file);
    if (!existsSync(path)) return [`${file} does not exist`];
    return readFileSync(path, "utf8").includes(`it("${title}"`) ? [] : [`${file} has no test "${title}"`];
  });
}

describe("docs/security.md", () => {
  const text = readFileSync(join(ROOT, "docs/security.md"), "utf8");

  it("names tests that exist", () => {
    assert.deepEqual(missing(evidenceIn(text)), []);
  });

  it("names one for every control", () => {
    const controls =
      text.split("## Threats and controls")[1]?.split("## What is left")[0]?.split("\n- ").slice(1) ?? [];
    assert.ok(controls.length > 20);
    for (const control of controls) assert.notDeepEqual(evidenceIn(control), [], control);
  });

  it("would be told of a test that is gone", () => {
    assert.deepEqual(missing([{ file: "tests/docs/security.test.ts", title: "says nothing" }]), [
      'tests/docs/security.test.ts has no test "says nothing"',
    ]);
    assert.deepEqual(missing([{ file: "tests/none.test.ts", title: "" }]), ["tests/none.test.ts does not exist"]);
  });
});

describe("docs/deploy.md", () => {
  const text = readFileSync(join(ROOT, "docs/deploy.md"), "utf8");

  it("names files, scripts, settings and outputs that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    for (const [, script = ""] of text.matchAll(/npm run ([\w:-]+)/g)) assert.ok(script in scripts, script);
    for (const [, file = ""] of text.matchAll(/`((?:docs|contracts|\.github)\/[\w./-]*)`/g)) {
      assert.ok(existsSync(join(ROOT, file)), file);
    }
    const settings = readFileSync(join(ROOT, "Pulumi.yaml"), "utf8");
    for (const [, setting = ""] of text.matchAll(/orderflow:(\w+)/g))
      assert.match(settings, new RegExp(`^  ${setting}:`, "m"));
    const program = readFileSync(join(ROOT, "index.ts"), "utf8");
    for (const [, output = ""] of text.matchAll(/stack output (\w+)/g)) {
      assert.match(program, new RegExp(`export const ${output}\\b`));
    }
  });
});
