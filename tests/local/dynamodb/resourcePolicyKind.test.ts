import assert from "node:assert/strict";
import { checkResourcePolicy } from "../../../local/dynamodb/resourcePolicyKind";

const resourceArn = "arn:aws:dynamodb:eu-west-1:000000000000:table/books";
const deny = { Effect: "Deny", Principal: "*", Action: "dynamodb:DeleteItem", Resource: resourceArn };

function check(...statements: object[]): void {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  checkResourcePolicy({ name: "books-policy", inputs: { resourceArn, policy } });
}

describe("the policy of a table", () => {
  it("is taken when it speaks of its table, or of an index of it", () => {
    check(deny, { ...deny, Action: ["dynamodb:Query"], Resource: [resourceArn, `${resourceArn}/index/*`] });
  });

  const refused: [string, object[], RegExp][] = [
    ["says nothing", [], /books-policy: the policy has no Statement/],
    ["speaks of another table", [{ ...deny, Resource: `${resourceArn}-2` }], /speaks of .*table\/books-2/],
    [
      "speaks of something else than tables",
      [{ ...deny, Action: "s3:GetObject" }],
      /s3:GetObject is no action on a table/,
    ],
    ["names nobody", [{ ...deny, Principal: undefined }], /names no Principal/],
    ["is too long", [{ ...deny, Sid: "x".repeat(21_000) }], /longer than 20 KB/],
  ];
  for (const [what, statements, message] of refused) {
    it(`is refused when it ${what}`, () => {
      assert.throws(() => check(...statements), message);
    });
  }
});
