import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiDocument } from "../../../contracts/api/document";
import { openApiFiles } from "../../../cli/openApi/files";
import { apiPage, DOCUMENT_ELEMENT } from "../../../cli/openApi/page";

const ROOT = join(__dirname, "..", "..", "..");

describe("the files that are made of the API's document", () => {
  for (const path of ["docs/openapi.json", "docs/api.html", "client/schema.d.ts"]) {
    it(`${path} is as npm run openapi would write it`, async () => {
      const { text } = (await openApiFiles()).find((file) => file.path === path) ?? assert.fail();
      assert.ok(readFileSync(join(ROOT, path), "utf8") === text, `${path} is out of date: run npm run openapi.`);
    });
  }
});

describe("docs/api.html", () => {
  const page = readFileSync(join(ROOT, "docs", "api.html"), "utf8");

  it("holds the whole document", () => {
    const pattern = new RegExp(`<script type="application/json" id="${DOCUMENT_ELEMENT}">(.*?)</script>`, "s");
    const held = pattern.exec(page)?.[1] ?? assert.fail("no document");
    assert.deepEqual(JSON.parse(held), JSON.parse(JSON.stringify(apiDocument())));
  });

  it("loads nothing: every script and style stands in it, and its policy forbids the rest", () => {
    // The elements of the page itself, without what stands in its scripts and styles.
    const elements = page.replace(/(<(script|style)\b[^>]*>).*?(<\/\2>)/gs, "$1$3");
    assert.doesNotMatch(elements, /\ssrc=/);
    const links = [...elements.matchAll(/<link\b[^>]*>/g)].map(([link]) => link);
    assert.deepEqual(links, ['<link rel="icon" href="data:,">']);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(elements)?.[1] ?? "";
    assert.match(policy, /^default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; /);
    for (const [, sheet = ""] of page.matchAll(/<style>(.*?)<\/style>/gs)) {
      assert.doesNotMatch(sheet, /@import|url\(["']?(?:https?:)?\/\//);
    }
  });

  it("keeps a text of the document from ending its script", () => {
    const hostile = apiPage({ openapi: "3.1.0", info: { title: "</script><script>alert(1)</script><!--" } });
    assert.equal(hostile.split("</script>").length, page.split("</script>").length);
    assert.ok(!hostile.includes("<script>alert"));
  });
});
