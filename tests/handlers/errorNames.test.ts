import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";

const ROOT = join(__dirname, "..", "..");

/** Classes of errors in a text, without a name of their own. */
function nameless(text: string): string[] {
  const classes = text
    .split(/(?=^(?:export )?class )/m)
    .filter((part) => /^(?:export )?class \w+ extends \w*Error\b/.test(part));
  return classes
    .filter((part) => !/^ {2}override readonly name = "/m.test(part))
    .map((part) => part.split("\n")[0] ?? "");
}

describe("errors of handlers", () => {
  it("say their names themselves: Retry and Catch tell them apart by it, and a bundle does not keep names of classes", () => {
    const files = ["handlers", "contracts"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(ROOT, folder, file)),
    );
    const texts = files.filter((file) => file.endsWith(".ts")).map((file) => readFileSync(file, "utf8"));
    assert.ok(texts.some((text) => / extends Error /.test(text)));
    assert.deepEqual(texts.flatMap(nameless), []);
    assert.equal(nameless("export class Odd extends Error {}\n").length, 1);
  });
});
