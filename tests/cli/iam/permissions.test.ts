import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { iam } from "../../../cli/iam/command";
import { missing, permissionReport, unused } from "../../../cli/iam/permissions";
import { without } from "../../../cli/iam/removal";
import type { UsageRecord } from "../../../local/iam/usageFile";

const roleArn = "arn:aws:iam::000000000000:role/shop-dev-cook";
const queue = "arn:aws:sqs:eu-west-1:000000000000:orders";
const grant = (action: string, uses: number, resource = queue) => ({ roleArn, action, resource, uses });
const refusal = "no identity-based policy" as const;
const denial = (principal: string, action: string) => ({ principal, action, resource: queue, refusal, count: 2 });

const RECORDS: readonly UsageRecord[] = [
  { grants: [grant("sqs:SendMessage", 0), grant("sqs:PurgeQueue", 0)], denials: [] },
  {
    grants: [grant("sqs:SendMessage", 3), grant("sqs:PurgeQueue", 0), grant("sqs:DeleteMessage", 0)],
    denials: [denial(roleArn, "sqs:DeleteQueue"), denial("administrator", "sqs:PurgeQueue")],
  },
];
const purging = { action: "sqs:PurgeQueue", role: "-cook", reason: "A person does that." };
const sending = { action: "sqs:SendMessage", reason: "Nobody sends." };

describe("the report of permissions", () => {
  it("adds up what all pipelines saw: a permission is used when one of them used it", () => {
    for (const records of [RECORDS, [...RECORDS].reverse()]) {
      const report = permissionReport(records, []);
      const uses = report.permissions.map(({ role, action, uses: times }) => [role, action, times]);
      assert.deepEqual(uses, [
        ["shop-dev-cook", "sqs:DeleteMessage", 0],
        ["shop-dev-cook", "sqs:PurgeQueue", 0],
        ["shop-dev-cook", "sqs:SendMessage", 3],
      ]);
      assert.deepEqual(
        unused(report).map(({ action }) => action),
        ["sqs:DeleteMessage", "sqs:PurgeQueue"],
      );
    }
  });

  it("excuses what has a reason, and tells of exceptions that have become none", () => {
    const report = permissionReport(RECORDS, [purging, sending]);
    assert.deepEqual(
      unused(report).map(({ action }) => action),
      ["sqs:DeleteMessage"],
    );
    assert.deepEqual(report.stale, [sending]);
  });

  it("misses what was denied to a role, not what a denial keeps from administrators", () => {
    assert.deepEqual(
      missing(permissionReport(RECORDS, [])).map(({ who, action, count }) => [who, action, count]),
      [["shop-dev-cook", "sqs:DeleteQueue", 2]],
    );
  });
});

describe("npm run iam", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => {
    const said: string[] = [];
    const code = iam(args, { say: (text) => said.push(text), complain: (text) => said.push(text) });
    return { code, said: said.join("\n") };
  };

  it("lists each role's permissions, what was never used and what was denied, and fails for these", () => {
    RECORDS.forEach((record, index) => writeFileSync(join(folder, `${index}.json`), JSON.stringify(record)));
    const { code, said } = run("--folder", folder);
    assert.equal(code, 1);
    assert.match(said, /^shop-dev-cook\n {3}never {2}sqs:DeleteMessage on orders$/m);
    assert.match(said, /^ {7}3 {2}sqs:SendMessage on orders$/m);
    assert.match(said, /^ {7}2 {2}shop-dev-cook: sqs:DeleteQueue on orders: no identity-based policy$/m);
    assert.match(said, /3 permissions of 1 roles: 1 used, 0 excused, 2 never used; 4 calls denied\.$/);
  });

  it("says what to do when there is no record, and knows its options", () => {
    const { code, said } = run("--folder", join(folder, "none"));
    assert.equal(code, 2);
    assert.match(said, /No pipeline has left a record in .*none: run npm test first, or name a --folder\./);
    assert.equal(run("--used").code, 2);
    assert.match(run("--help").said, /^Usage: npm run iam/);
  });
});

describe("a policy less one permission", () => {
  const place = { policy: "p", statement: 0 };
  const allow = (Action: string | string[], Resource: string | string[]) => ({ Effect: "Allow", Action, Resource });
  const left = (statement: object, action: string, resource: string): unknown =>
    JSON.parse(without(JSON.stringify({ Statement: [statement] }), { ...place, action, resource })).Statement;

  it("keeps the other actions, and this one on other resources", () => {
    assert.deepEqual(left(allow(["a:A", "a:B"], ["arn:1", "arn:2"]), "a:A", "arn:1"), [
      allow(["a:B"], ["arn:1", "arn:2"]),
      allow(["a:A"], ["arn:2"]),
    ]);
    assert.deepEqual(
      left(allow(["a:A", "a:B"], "*"), "a:A", "*"),
      [allow(["a:B"], "*")].map((one) => ({ ...one, Resource: "*" })),
    );
  });

  it("allows nothing when it was the only one", () => {
    const [statement] = left(allow("a:A", "*"), "a:A", "*") as { Effect: string }[];
    assert.equal(statement?.Effect, "Deny");
  });
});
