import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printedSaga, sagaTexts } from "../../sagas/print";

const ROOT = join(__dirname, "..", "..");

describe("npm run saga", () => {
  it("prints the state machine's definition, the diagram, or both", () => {
    const { asl, mermaid } = sagaTexts();
    assert.equal(printedSaga(["--asl"]), asl);
    assert.equal(printedSaga(["--mermaid"]), mermaid);
    assert.equal(printedSaga([]), `${asl}\n${mermaid}`);
    assert.match(printedSaga(["--help"]), /^Usage: npm run saga/);
    const { StartAt, States } = JSON.parse(asl);
    assert.equal(States[StartAt].Resource, `\${${StartAt}}`);
    assert.match(mermaid, /^stateDiagram-v2\n/);
  });

  it("refuses what it does not know, in one line and with an exit code", () => {
    assert.throws(() => printedSaga(["--svg"]), /Unknown option '--svg'/);
    const script = ["--require", "./register.cjs", "sagas/print.ts", "--svg"];
    const run = () => execFileSync(process.execPath, script, { cwd: ROOT, stdio: "pipe" });
    assert.throws(run, ({ status, stderr }: any) => status === 2 && String(stderr).trim().split("\n").length === 1);
  });
});

describe("docs/saga.md", () => {
  it("shows the diagram of the saga as it is (UPDATE_DOCS=1 writes it anew)", () => {
    const file = join(ROOT, "docs", "saga.md");
    const text = readFileSync(file, "utf8");
    const fresh = text.replace(/```mermaid\n[\s\S]*?```/, () => `\`\`\`mermaid\n${sagaTexts().mermaid}\`\`\``);
    if (process.env["UPDATE_DOCS"] === "1") return writeFileSync(file, fresh);
    assert.equal(text, fresh);
  });
});
