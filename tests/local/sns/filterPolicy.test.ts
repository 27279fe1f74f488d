import assert from "node:assert/strict";
import { parseFilterPolicy } from "../../../local/sns/filterPolicy";
import type { MessageAttributes } from "../../../local/sqs/message";

/** Attributes from plain values: a text, a number, or a list. */
function attributes(values: Record<string, unknown>): MessageAttributes {
  const typed = Object.entries(values).map(([name, value]) => {
    if (Array.isArray(value)) return [name, { dataType: "String.Array", stringValue: JSON.stringify(value) }] as const;
    const dataType = typeof value === "number" ? "Number" : "String";
    return [name, { dataType, stringValue: String(value) }] as const;
  });
  return Object.fromEntries(typed);
}

function passes(policy: unknown, values: Record<string, unknown>): boolean {
  return parseFilterPolicy(JSON.stringify(policy), "MessageAttributes")({ body: "x", attributes: attributes(values) });
}

function bodyPasses(policy: unknown, body: unknown): boolean {
  const filter = parseFilterPolicy(JSON.stringify(policy), "MessageBody");
  return filter({ body: typeof body === "string" ? body : JSON.stringify(body), attributes: {} });
}

const refused = (
  policy: unknown,
  scope: "MessageAttributes" | "MessageBody" = "MessageAttributes",
): (() => unknown) => {
  return () => parseFilterPolicy(typeof policy === "string" ? policy : JSON.stringify(policy), scope);
};

describe("a filter policy on message attributes", () => {
  /** Policy, attributes that pass, attributes that do not. */
  const cases: readonly [string, unknown, Record<string, unknown>[], Record<string, unknown>[]][] = [
    ["compares texts exactly", { sport: ["rugby", "tennis"] }, [{ sport: "tennis" }], [{ sport: "Tennis" }, {}]],
    ["looks into lists", { sport: ["rugby"] }, [{ sport: ["golf", "rugby"] }], [{ sport: ["golf"] }, { sport: [] }]],
    ["compares numbers by type", { n: [{ numeric: ["=", 100] }] }, [{ n: 100 }, { n: 1e2 }], [{ n: "100" }, { n: 99 }]],
    ["knows ranges", { n: [{ numeric: [">", 0, "<=", 100] }] }, [{ n: 99.12 }, { n: 100 }], [{ n: 0 }, { n: 101 }]],
    ["knows prefixes", { s: [{ prefix: "bas" }] }, [{ s: "baseball" }], [{ s: "football" }, { s: 1 }]],
    ["knows suffixes", { s: [{ suffix: "ball" }] }, [{ s: "baseball" }], [{ s: "ballet" }]],
    ["ignores case", { s: [{ "equals-ignore-case": "Tennis" }] }, [{ s: "TENNIS" }], [{ s: "tennis club" }]],
    ["knows addresses", { ip: [{ cidr: "10.0.0.0/24" }] }, [{ ip: "10.0.0.255" }], [{ ip: "10.1.1.0" }, { ip: "x" }]],
    ["excludes values", { s: [{ "anything-but": ["a", "b"] }] }, [{ s: "c" }, { s: ["a", "c"] }], [{ s: "a" }, {}]],
    ["excludes prefixes", { s: [{ "anything-but": { prefix: "o-" } }] }, [{ s: "p-1" }], [{ s: "o-1" }]],
    ["asks for existence", { s: [{ exists: true }] }, [{ s: "x" }, { s: ["x"] }], [{ t: "x" }, { s: [] }, {}]],
    // Without any attribute, a message does not pass: https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
    ["asks for absence", { s: [{ exists: false }] }, [{ t: "x" }], [{ s: "x", t: "x" }, {}]],
    ["takes null for absence", { s: [null, { "anything-but": "x" }] }, [{}, { s: "y" }], [{ s: "x" }]],
    ["joins keys with and", { a: ["1"], b: ["2"] }, [{ a: "1", b: "2", c: "3" }], [{ a: "1" }, { a: "1", b: "3" }]],
    ["joins alternatives with or", { $or: [{ a: ["1"] }, { b: ["2"] }], c: ["3"] }, [{ b: "2", c: "3" }], [{ c: "3" }]],
  ];

  for (const [title, policy, good, bad] of cases) {
    it(title, () => {
      for (const values of good) assert.equal(passes(policy, values), true, JSON.stringify(values));
      for (const values of bad) assert.equal(passes(policy, values), false, JSON.stringify(values));
    });
  }

  it("passes over attributes of other types", () => {
    const filter = parseFilterPolicy('{"s":["AgME"]}', "MessageAttributes");
    assert.equal(filter({ body: "", attributes: { s: { dataType: "Binary", binaryValue: "AgME" } } }), false);
    assert.equal(filter({ body: "", attributes: { s: { dataType: "String.Array", stringValue: "no JSON" } } }), false);
  });

  it("refuses what SNS refuses, in its words", () => {
    const message = (reason: string): { code: string; message: string } => ({
      code: "InvalidParameter",
      message: `Invalid parameter: Attributes Reason: FilterPolicy: ${reason}`,
    });
    assert.throws(refused({ key: [{ suffix: 100 }] }), message("suffix match pattern must be a string"));
    assert.throws(refused({ key: [{ "wrong-operator": true }] }), message("Unrecognized match type wrong-operator"));
    assert.throws(refused({ key: "value" }), message('"key" must be an object or an array'));
    assert.throws(refused({ key: [{ wildcard: "a*" }] }), message("Unrecognized match type wildcard"));
    const butSuffix = { key: [{ "anything-but": { suffix: "x" } }] };
    assert.throws(refused(butSuffix), message("Unsupported anything-but pattern: suffix"));
    const six = Object.fromEntries([..."abcdef"].map((key) => [key, ["1"]]));
    assert.throws(refused(six), message("Filter policy can not have more than 5 keys"));
    const hundred = Array.from({ length: 100 }, (_, number) => `${number}`);
    assert.throws(refused({ a: hundred, b: ["1", "2"] }), message("Filter policy is too complex"));
    assert.throws(refused({ key: [{ numeric: [">", 2e9] }] }), /-1\.0e9 to 1\.0e9/);
    assert.throws(refused("{"), /FilterPolicy: failed to parse JSON/);
    assert.throws(refused({ key: { inner: ["a"] } }), /does not support nested filter policy/);
  });

  it("lets everything pass when it is empty", () => {
    assert.equal(passes({}, {}), true);
  });
});

describe("a filter policy on message bodies", () => {
  it("looks into objects and lists of objects", () => {
    const policy = { Records: { s3: { object: { key: [{ prefix: "auto-" }] } } } };
    assert.equal(bodyPasses(policy, { Records: [{ s3: { object: { key: "auto-1" } } }] }), true);
    assert.equal(bodyPasses(policy, { Records: [{ s3: { object: { key: "home-1" } } }] }), false);
  });

  it("passes no body that is not a JSON object", () => {
    assert.equal(bodyPasses({ a: [{ exists: false }] }, "plain"), false);
    assert.equal(bodyPasses({ a: [{ exists: false }] }, "[1]"), false);
    assert.equal(bodyPasses({ a: [{ exists: false }] }, "{}"), true);
  });

  it("counts values by their depth", () => {
    const values = (count: number): string[] => Array.from({ length: count }, (_, number) => `${number}`);
    refused({ a: { b: { c: values(50) } } }, "MessageBody")();
    assert.throws(refused({ a: { b: { c: values(51) } } }, "MessageBody"), /too complex/);
  });

  it("may be longer than an event pattern", () => {
    const long = Array.from({ length: 140 }, (_, number) => `${number}`.padStart(60, "x"));
    assert.equal(bodyPasses({ a: long }, { a: long[7] }), true);
  });
});
