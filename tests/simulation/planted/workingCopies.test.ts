import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NotPlantable, type PlantedBug } from "../../../simulation/planted/plantedBug";
import { WorkingCopies } from "../../../simulation/planted/workingCopies";

const BUG: PlantedBug = {
  id: "a-shop-never-sells",
  file: "shop/sell.ts",
  find: "sells",
  replace: "keeps",
  promise: "orders",
};

describe("the working copies", () => {
  const project = mkdtempSync(join(tmpdir(), "a-project-"));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  };
  let copies: WorkingCopies;
  before(() => {
    execFileSync("git", ["init", "--quiet"], { cwd: project });
    write(".gitignore", "node_modules/\n*.log\n");
    write("shop/sell.ts", "it sells");
    write("noise.log", "noise");
    write("node_modules/a-package/index.js", "a package");
    write("node_modules/.cache/bundle.json", "made of the project");
    copies = new WorkingCopies(project);
  });
  after(() => {
    copies.remove();
    rmSync(project, { recursive: true });
  });
  const has = (folder: string, file: string): boolean => existsSync(join(folder, file));

  it("hold the project's own files, and its packages without what they cached", () => {
    assert.equal(readFileSync(join(copies.clean, "shop/sell.ts"), "utf8"), "it sells");
    assert.equal(readFileSync(join(copies.clean, "node_modules/a-package/index.js"), "utf8"), "a package");
    assert.deepEqual([has(copies.clean, "noise.log"), has(copies.clean, "node_modules/.cache")], [false, false]);
  });

  it("hold one bug at a time, and never the clean copy or the project", () => {
    const first = copies.plant(BUG);
    assert.equal(readFileSync(join(first, "shop/sell.ts"), "utf8"), "it keeps");
    const second = copies.plant({ ...BUG, find: "it", replace: "nobody" });
    assert.equal(readFileSync(join(second, "shop/sell.ts"), "utf8"), "nobody sells");
    assert.equal(readFileSync(join(copies.clean, "shop/sell.ts"), "utf8"), "it sells");
    assert.equal(readFileSync(join(project, "shop/sell.ts"), "utf8"), "it sells");
    assert.ok(has(second, "node_modules/a-package/index.js"));
  });

  it("refuse a bug that does not fit", () => {
    assert.throws(() => copies.plant({ ...BUG, find: "gives" }), NotPlantable);
  });

  it("go away together, and leave the project's packages alone", () => {
    copies.remove();
    assert.equal(existsSync(dirname(copies.clean)), false);
    assert.ok(has(project, "node_modules/a-package/index.js"));
  });
});
