import assert from "node:assert/strict";
import { apiDocument } from "../../../contracts/api/document";
import { lintOpenApi } from "../../../cli/openApi/lint";

/** The document with one thing changed. */
function changed(change: (document: any) => void): string {
  const document = JSON.parse(JSON.stringify(apiDocument()));
  change(document);
  return JSON.stringify(document);
}

describe("npm run check:openapi", () => {
  it("has nothing against the API's document", async () => {
    assert.deepEqual(await lintOpenApi(changed(() => undefined)), []);
  });

  const mistakes: [what: string, change: (document: any) => void, expected: RegExp][] = [
    ["an operation without operationId", ({ paths }) => delete paths["/orders"].post.operationId, /operationId/],
    [
      "an example that does not fit",
      ({ paths }) => (paths["/health"].get.responses["200"].content["application/json"].example.status = "ill"),
      /^#\/paths\/~1health\/.*no-invalid-media-type-examples/,
    ],
    ["a reference to nothing", ({ components }) => delete components.schemas.OrderView, /no-unresolved-refs/],
    ["an unknown tag", ({ paths }) => (paths["/health"].get.tags = ["Health"]), /operation-tag-defined/],
    ["a parameter without description", ({ components }) => delete components.parameters.limit.description, /limit/],
  ];
  for (const [what, change, expected] of mistakes) {
    it(`finds ${what}`, async () => {
      const found = await lintOpenApi(changed(change));
      assert.ok(
        found.some((problem) => expected.test(problem)),
        found.join("\n"),
      );
    });
  }
});
