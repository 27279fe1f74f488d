import assert from "node:assert/strict";
import { compilePolicy, type PolicyKind } from "../../../local/iam/policyDocument";

const allow = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };

function holds(operators: object, context: Record<string, string[]>): boolean {
  const [statement] = compilePolicy(JSON.stringify({ Statement: { ...allow, Condition: operators } }), "identity");
  return statement?.condition(context) ?? assert.fail();
}

describe("the conditions of a statement", () => {
  const source = "aws:SourceArn";
  const arn = "arn:aws:sns:eu-west-1:123456789012:news";
  const cases: [object, Record<string, string[]>, boolean][] = [
    [{ StringEquals: { "events:source": ["shop", "ordering"] } }, { "events:source": ["ordering"] }, true],
    [{ StringEquals: { "events:source": "shop" } }, { "events:source": ["Shop"] }, false],
    [{ StringEqualsIgnoreCase: { "events:source": "shop" } }, { "events:source": ["Shop"] }, true],
    [{ StringEquals: { "events:source": "shop" } }, {}, false],
    [{ StringEqualsIfExists: { "events:source": "shop" } }, {}, true],
    [{ StringNotEquals: { "events:source": "shop" } }, {}, true],
    [{ StringNotEquals: { "events:source": ["shop", "bar"] } }, { "events:source": ["bar"] }, false],
    [{ StringLike: { "events:source": "sh?p*" } }, { "events:source": ["shops"] }, true],
    [{ StringEquals: { "events:source": "sh*" } }, { "events:source": ["shop"] }, false],
    [{ StringNotLike: { "events:source": "sh*" } }, { "events:source": ["shop"] }, false],
    [{ ArnLike: { [source]: "arn:aws:sns:*:123456789012:n*" } }, { "aws:sourcearn": [arn] }, true],
    [{ ArnEquals: { "AWS:SourceArn": "arn:aws:sns:*:*:news" } }, { "aws:sourcearn": [arn] }, true],
    [{ ArnLike: { [source]: "arn:aws:sns:*:ne:ws" } }, { "aws:sourcearn": [arn] }, false],
    [{ ArnNotLike: { [source]: "arn:aws:sqs:*:*:*" } }, { "aws:sourcearn": [arn] }, true],
    [{ Bool: { "aws:SecureTransport": "false" } }, { "aws:securetransport": ["true"] }, false],
    [{ Bool: { "aws:SecureTransport": true } }, { "aws:securetransport": ["true"] }, true],
    [{ Null: { [source]: "true" } }, {}, true],
    [{ Null: { [source]: "false" } }, {}, false],
    [{ "ForAnyValue:StringEquals": { "events:source": "a" } }, { "events:source": ["b", "a"] }, true],
    [{ "ForAllValues:StringEquals": { "events:source": "a" } }, { "events:source": ["b", "a"] }, false],
    [{ "ForAllValues:StringEquals": { "events:source": "a" } }, {}, true],
    [{ NumericLessThan: { "aws:SourceAccount": "5" } }, { "aws:sourceaccount": ["4"] }, true],
    [
      { StringEquals: { "events:source": "a" }, ArnLike: { [source]: "arn:aws:sns:*:*:*" } },
      { "events:source": ["a"], "aws:sourcearn": ["arn:aws:sqs:a:b:c"] },
      false,
    ],
  ];
  for (const [operators, context, expected] of cases) {
    it(`${expected ? "hold" : "do not hold"}: ${JSON.stringify(operators)} of ${JSON.stringify(context)}`, () => {
      assert.equal(holds(operators, context), expected);
    });
  }
});

describe("a policy document", () => {
  const refused: [string, object, RegExp, PolicyKind?][] = [
    [
      "an operator",
      { Condition: { IpAddress: { "aws:SourceArn": "1" } } },
      /does not know the condition operator IpAddress/,
    ],
    [
      "a condition key",
      { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
      /the condition key aws:MultiFactor/,
    ],
    [
      "a policy variable",
      { Resource: "arn:aws:s3:::b/${aws:PrincipalTag/team}" },
      /the policy variable \$\{aws:PrincipalTag\/team\}/,
    ],
    ["an element", { Comment: "hello" }, /the element Comment has no place/],
    ["NotPrincipal", { NotPrincipal: "*" }, /the element NotPrincipal has no place/, "resource"],
    ["a federated principal", { Principal: { Federated: "x" } }, /principals of the kind Federated/, "resource"],
    ["a principal in a policy of an identity", { Principal: "*" }, /the element Principal has no place/],
    ["no principal in a policy of a resource", {}, /it has no Principal/, "resource"],
    ["a resource that is no ARN", { Resource: "orders" }, /"orders" is no ARN/],
    ["an action without a service", { Action: "SendMessage" }, /"SendMessage" is no action/],
    ["both Action and NotAction", { NotAction: "s3:*" }, /either Action or NotAction/],
    ["another effect", { Effect: "Permit" }, /Effect must be Allow or Deny, not Permit/],
  ];
  for (const [what, statement, message, kind = "identity"] of refused) {
    it(`is refused by name for ${what}`, () => {
      const text = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "One", ...allow, ...statement }] });
      assert.throws(() => compilePolicy(text, kind), message);
      assert.throws(() => compilePolicy(text, kind), /statement One of the policy/);
    });
  }

  it("is refused when it is empty, no JSON, or of another language", () => {
    assert.throws(() => compilePolicy("{", "identity"), /the policy is not JSON/);
    assert.throws(() => compilePolicy('{"Statement":[]}', "identity"), /the policy has no Statement/);
    const text = JSON.stringify({ Version: "2026-01-01", Statement: [allow] });
    assert.throws(() => compilePolicy(text, "identity"), /Version must be 2012-10-17, not "2026-01-01"/);
  });
});
