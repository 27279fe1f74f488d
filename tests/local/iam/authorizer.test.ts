import assert from "node:assert/strict";
import { AccessDenied, demand, type AccessRequest, type Principal } from "../../../local/iam/access";
import { Authorizer } from "../../../local/iam/authorizer";

const ACCOUNT = "123456789012";
const roleArn = `arn:aws:iam::${ACCOUNT}:role/cook`;
const cook: Principal = { kind: "role", roleArn, session: "kitchen" };
const administrator: Principal = { kind: "administrator" };
const rule: Principal = {
  kind: "service",
  service: "events.amazonaws.com",
  sourceArn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/shop/placed`,
};
const queue = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const table = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k1`;

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const trust = document({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});

function withPolicy(...statements: object[]): Authorizer {
  const authorizer = new Authorizer(ACCOUNT);
  authorizer.addRole(roleArn, trust);
  if (statements.length > 0) authorizer.putRolePolicy(roleArn, "all", document(...statements));
  return authorizer;
}

function asks(action: string, resource: string, principal: Principal = cook): AccessRequest {
  return { principal, action, resource };
}

describe("what a role may do", () => {
  const cases: [string, object, [string, string][], [string, string][]][] = [
    [
      "is what its policy names, in any letter case of the action",
      { Action: ["sqs:SendMessage", "DYNAMODB:getitem"], Resource: [queue, table] },
      [
        ["sqs:SendMessage", queue],
        ["dynamodb:GetItem", table],
      ],
      [
        ["sqs:ReceiveMessage", queue],
        ["sqs:SendMessage", `${queue}-2`],
        ["dynamodb:GetItem", `${table}/index/by-user`],
      ],
    ],
    [
      "reaches as far as its wildcards",
      { Action: ["dynamodb:Get*", "s3:?etObject"], Resource: [`${table}/index/*`, "arn:aws:s3:::receipts/2?/*"] },
      [
        ["dynamodb:GetRecords", `${table}/index/by-user`],
        ["s3:PutObject".replace("P", "G").replace("u", "e"), "arn:aws:s3:::receipts/26/a/b"],
      ],
      [
        ["dynamodb:GetItem", table],
        ["s3:GetObject", "arn:aws:s3:::receipts/2026/a"],
      ],
    ],
    [
      "does not cross a colon by a wildcard",
      { Action: "logs:PutLogEvents", Resource: "arn:aws:logs:*:log-group:a" },
      [],
      [["logs:PutLogEvents", `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:a`]],
    ],
    [
      "is everything but what NotAction and NotResource name",
      { NotAction: "sqs:*", NotResource: table },
      [["dynamodb:GetItem", `${table}/index/x`]],
      [
        ["sqs:SendMessage", queue],
        ["dynamodb:GetItem", table],
      ],
    ],
    [
      "takes a wildcard that is written as a character for what it is",
      { Action: "s3:GetObject", Resource: "arn:aws:s3:::b/${*}" },
      [["s3:GetObject", "arn:aws:s3:::b/*"]],
      [["s3:GetObject", "arn:aws:s3:::b/x"]],
    ],
  ];
  for (const [what, statement, granted, refused] of cases) {
    it(what, () => {
      const authorizer = withPolicy({ Effect: "Allow", ...statement });
      for (const [action, resource] of granted) {
        assert.equal(authorizer.refusal(asks(action, resource)), undefined, `${action} ${resource}`);
      }
      for (const [action, resource] of refused) {
        assert.equal(authorizer.refusal(asks(action, resource)), "no identity-based policy", `${action} ${resource}`);
      }
    });
  }

  it("ends where it is denied, whatever is allowed", () => {
    const allow = { Effect: "Allow", Action: "*", Resource: "*" };
    const authorizer = withPolicy(allow, { Effect: "Deny", Action: "sqs:PurgeQueue", Resource: queue });
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue)), undefined);
    assert.equal(authorizer.refusal(asks("sqs:PurgeQueue", queue)), "explicit deny in an identity-based policy");
  });

  it("changes with its policy at once, what was found out before included", () => {
    const authorizer = withPolicy({ Effect: "Allow", Action: "sqs:SendMessage", Resource: queue });
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue)), undefined);
    authorizer.putRolePolicy(roleArn, "all", document({ Effect: "Allow", Action: "sqs:GetQueueUrl", Resource: queue }));
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue)), "no identity-based policy");
  });

  it("is nothing without a policy", () => {
    assert.equal(withPolicy().refusal(asks("sqs:SendMessage", queue)), "no identity-based policy");
  });
});

describe("the policy of a resource", () => {
  const send = { Action: "sqs:SendMessage", Resource: queue };
  const fromRule = { ArnLike: { "aws:SourceArn": `arn:aws:events:*:${ACCOUNT}:rule/shop/*` } };

  it("lets in a service for the source that it names, and no other", () => {
    const authorizer = withPolicy();
    const Principal = { Service: "events.amazonaws.com" };
    authorizer.attach(queue, document({ Effect: "Allow", Principal, ...send, Condition: fromRule }));
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue, rule)), undefined);
    const other = { ...rule, sourceArn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/other/placed` };
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue, other)), "no resource-based policy");
    const topic = { ...rule, service: "sns.amazonaws.com" };
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue, topic)), "no resource-based policy");
  });

  it("is enough for a role that it names, by its role's ARN or its session's", () => {
    for (const AWS of [roleArn, `arn:aws:sts::${ACCOUNT}:assumed-role/cook/kitchen`]) {
      const authorizer = withPolicy();
      authorizer.attach(queue, document({ Effect: "Allow", Principal: { AWS: [AWS] }, ...send }));
      assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue)), undefined, AWS);
    }
  });

  it("leaves it to the roles when it allows something to their account, and denies it to all of them", () => {
    const authorizer = withPolicy();
    const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    authorizer.attach(queue, document({ Effect: "Allow", Principal, ...send }));
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue)), "no identity-based policy");
    authorizer.attach(queue, document({ Effect: "Deny", Principal, ...send }));
    assert.equal(authorizer.refusal(asks("sqs:SendMessage", queue)), "explicit deny in a resource-based policy");
  });

  it("binds the administrator by a denial alone", () => {
    const authorizer = withPolicy();
    const nobodyElse = { ArnNotEquals: { "aws:PrincipalArn": [roleArn] } };
    const put = { Action: "dynamodb:PutItem", Resource: table };
    authorizer.attach(table, document({ Effect: "Deny", Principal: "*", ...put, Condition: nobodyElse }));
    authorizer.putRolePolicy(roleArn, "all", document({ Effect: "Allow", ...put }));
    const refusal = "explicit deny in a resource-based policy";
    assert.equal(authorizer.refusal(asks("dynamodb:PutItem", table, administrator)), refusal);
    assert.equal(authorizer.refusal(asks("dynamodb:PutItem", table)), undefined);
    assert.equal(authorizer.refusal(asks("dynamodb:DeleteItem", table, administrator)), undefined);
  });

  it("of a bucket speaks of its objects, of a table of its indexes, of a function of its versions", () => {
    const bucket = "arn:aws:s3:::receipts";
    const lambda = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:work`;
    for (const [holder, resource] of [
      [bucket, `${bucket}/a/b`],
      [table, `${table}/index/by-user`],
      [table, `${table}/stream/2026`],
      [lambda, `${lambda}:1`],
    ] as const) {
      const authorizer = withPolicy();
      authorizer.attach(holder, document({ Effect: "Allow", Principal: { AWS: roleArn }, Action: "*", Resource: "*" }));
      assert.equal(authorizer.refusal(asks("x:Y", resource)), undefined, resource);
      assert.ok(authorizer.refusal(asks("x:Y", `${resource.split(":").slice(0, 5).join(":")}:else`)), resource);
    }
  });

  it("of an account speaks of all of its logs", () => {
    const authorizer = withPolicy();
    const Resource = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:events:*`;
    const Principal = { Service: "events.amazonaws.com" };
    authorizer.attach("arn:aws:logs", document({ Effect: "Allow", Principal, Action: "logs:PutLogEvents", Resource }));
    const write = (group: string) =>
      asks("logs:PutLogEvents", `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:${group}:log-stream:x`, rule);
    assert.equal(authorizer.refusal(write("events")), undefined);
    assert.equal(authorizer.refusal(write("others")), "no resource-based policy");
  });

  it("of a key must let an identity in, or leave it to the account's policies", () => {
    const use = { Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" };
    const authorizer = withPolicy({ Effect: "Allow", ...use });
    const decrypt = asks("kms:Decrypt", key);
    assert.equal(authorizer.refusal(decrypt), "no resource-based policy");
    const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    authorizer.attach(key, document({ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }));
    assert.equal(authorizer.refusal(decrypt), undefined);
    authorizer.attach(key, document({ Effect: "Allow", Principal: { AWS: roleArn }, ...use }));
    assert.equal(authorizer.refusal(asks("kms:GenerateDataKey", key)), undefined);
  });
});

describe("a role's trust", () => {
  it("is for the service that it names", () => {
    const authorizer = withPolicy();
    assert.ok(authorizer.trusts(roleArn, "lambda.amazonaws.com"));
    assert.ok(!authorizer.trusts(roleArn, "states.amazonaws.com"));
    assert.ok(!authorizer.trusts(`${roleArn}-2`, "lambda.amazonaws.com"));
  });
});

describe("a refusal", () => {
  const said = (request: AccessRequest): AccessDenied => {
    try {
      demand(withPolicy(), request);
    } catch (error) {
      assert.ok(error instanceof AccessDenied);
      return error;
    }
    return assert.fail("nothing was refused");
  };
  const who = `User: arn:aws:sts::${ACCOUNT}:assumed-role/cook/kitchen is not authorized to perform:`;
  const because = "because no identity-based policy allows the";

  it("is said as AWS says it, by the name and status of the service", () => {
    for (const [action, resource, code, status, words] of [
      ["dynamodb:GetItem", table, "AccessDeniedException", 400, `dynamodb:GetItem on resource: ${table}`],
      ["sqs:SendMessage", queue, "AccessDeniedException", 403, `sqs:sendmessage on resource: ${queue}`],
      ["sns:Publish", "arn:aws:sns:x:y:z", "AuthorizationError", 403, "SNS:Publish on resource: arn:aws:sns:x:y:z"],
      ["s3:PutObject", "arn:aws:s3:::b/k", "AccessDenied", 403, 's3:PutObject on resource: "arn:aws:s3:::b/k"'],
    ] as const) {
      const { code: given, status: answered, message } = said(asks(action, resource));
      assert.deepEqual([given, answered], [code, status]);
      assert.equal(message, `${who} ${words} ${because} ${words.split(" ")[0]} action`);
    }
  });

  it("names a service that is not let in", () => {
    const { message } = said(asks("sqs:SendMessage", queue, rule));
    const what = `sqs:sendmessage on resource: ${queue}`;
    const because = "because no resource-based policy allows the sqs:sendmessage action";
    assert.equal(message, `events.amazonaws.com is not authorized to perform: ${what} ${because}`);
  });

  it("has the second code that SDKs of SQS read", () => {
    assert.equal(said(asks("sqs:SendMessage", queue)).queryErrorCode, "AccessDenied");
    assert.equal(said(asks("dynamodb:GetItem", table)).queryErrorCode, undefined);
  });
});

describe("what was used", () => {
  it("is counted by each action on each resource of a role's policy; a question before the act counts as nothing", () => {
    const Resource = [queue, `${queue}-2`];
    const authorizer = withPolicy({ Effect: "Allow", Action: ["sqs:SendMessage", "sqs:GetQueueUrl"], Resource });
    authorizer.refusal(asks("sqs:SendMessage", queue));
    authorizer.refusal(asks("sqs:SendMessage", queue));
    authorizer.wouldRefuse(asks("sqs:GetQueueUrl", queue));
    const uses = authorizer.usage.allGrants.map(({ action, resource, uses }) => [action, resource, uses]);
    assert.deepEqual(uses, [
      ["sqs:SendMessage", queue, 2],
      ["sqs:SendMessage", `${queue}-2`, 0],
      ["sqs:GetQueueUrl", queue, 0],
      ["sqs:GetQueueUrl", `${queue}-2`, 0],
    ]);
  });

  it("is not what was refused, which is kept with who asked", () => {
    const authorizer = withPolicy({ Effect: "Allow", Action: "sqs:SendMessage", Resource: queue });
    for (const principal of [cook, rule, rule]) authorizer.refusal(asks("sqs:PurgeQueue", queue, principal));
    assert.deepEqual(
      authorizer.usage.denials.map(({ principal, action, count }) => [principal, action, count]),
      [
        [roleArn, "sqs:PurgeQueue", 1],
        ["events.amazonaws.com", "sqs:PurgeQueue", 2],
      ],
    );
  });
});
