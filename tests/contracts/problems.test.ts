import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { problemExample } from "../../contracts/api/problemExamples";
import { PROBLEM_KINDS, problemType, type ProblemKind } from "../../contracts/problems";

describe("docs/errors.md", () => {
  const text = readFileSync(join(__dirname, "..", "..", "docs", "errors.md"), "utf8");
  const kinds = Object.keys(PROBLEM_KINDS) as ProblemKind[];
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section]),
  );

  it("describes every kind of problem, and none that does not exist", () => {
    assert.deepEqual([...sections.keys()], kinds.map(problemType));
  });

  for (const kind of kinds) {
    const section = sections.get(problemType(kind)) ?? "";

    it(`says of ${kind} its status and title, what it means, where it comes from and what to do`, () => {
      const [status, title] = PROBLEM_KINDS[kind];
      assert.ok(section.includes(`\n**${status === 0 ? "4xx" : status} ${title}.** `), section);
      for (const part of ["\nTypical cause: ", "\nWhat to do: "]) assert.ok(section.includes(part), part);
    });

    it(`shows ${kind} as the API sends it, and lists it`, () => {
      const example = /```json\n(.*?)```/s.exec(section)?.[1] ?? assert.fail("no example");
      assert.deepEqual(JSON.parse(example), problemExample(kind));
      const anchor = problemType(kind).replaceAll(":", "");
      assert.ok(text.includes(`| [${kind}](#${anchor}) `));
    });
  }
});
