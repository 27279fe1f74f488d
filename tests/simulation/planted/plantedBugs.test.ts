import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROMISES } from "../../../simulation/history";
import { plantedBugsPage } from "../../../simulation/planted/page";
import { sabotaged } from "../../../simulation/planted/plantedBug";
import { PLANTED_BUGS } from "../../../simulation/planted/plantedBugs";

const PROJECT_FOLDER = join(__dirname, "..", "..", "..");
const textOf = (file: string): string => readFileSync(join(PROJECT_FOLDER, file), "utf8");

describe("the planted bugs", () => {
  for (const bug of PLANTED_BUGS) {
    it(`fit the code: ${bug.id}`, () => {
      const text = textOf(bug.file);
      assert.notEqual(sabotaged(text, bug), text);
    });
  }

  it("are called by sentences, each by its own", () => {
    const ids = PLANTED_BUGS.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id) => !/^[a-z]+(-[a-z]+){2,}$/.test(id)),
      [],
    );
    assert.equal(new Set(ids).size, ids.length);
  });

  it("break every promise, and are 25 at least", () => {
    const broken = new Set(PLANTED_BUGS.map(({ promise }) => promise));
    assert.deepEqual(
      PROMISES.filter((promise) => !broken.has(promise)),
      [],
    );
    assert.ok(PLANTED_BUGS.length >= 25, String(PLANTED_BUGS.length));
  });

  it("are all on their page", () => {
    const remedy = "Make it again: npm run --silent simulate:planted -- --list > docs/planted-bugs.md";
    assert.equal(textOf("docs/planted-bugs.md"), plantedBugsPage(PLANTED_BUGS), remedy);
  });
});
