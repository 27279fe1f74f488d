import assert from "node:assert/strict";
import { hoistImports } from "../../components/closureImports";

describe("hoistImports", () => {
  it("makes a static import of each dynamic one that takes names", () => {
    const { entry, closure } = hoistImports(
      'const { a, b: c } = await import("../x.js");\nconst {d} = await import("y");',
    );
    assert.equal(
      entry,
      'import closure from "closure:body";\n' +
        'import { a as a_0_0, b as b_0_1 } from "../x.js";\n' +
        'import { d as d_1_0 } from "y";\n' +
        "export const { handler } = closure([{ a: a_0_0, b: b_0_1 }, { d: d_1_0 }]);\n",
    );
    assert.ok(closure.includes("const { a, b: c } = imports[0];\nconst {d} = imports[1];"));
  });

  it("knows the form that a minifying compiler leaves", () => {
    const { closure } = hoistImports(
      'const{a}=await import("x").then(t=>{const e="default";return t[e]&&typeof t[e]=="object"?t[e]:t});run(a)',
    );
    assert.ok(closure.includes("\nconst{a}=imports[0];run(a)\n"));
  });

  it("leaves an import alone whose names it cannot tell", () => {
    for (const source of ['const x = await import("x")', "const { a } = await import(where)", 'import("x").then(f)']) {
      const { entry, closure } = hoistImports(source);
      assert.ok(closure.includes(`\n${source}\n`));
      assert.ok(entry.endsWith("closure([]);\n"));
    }
  });
});
