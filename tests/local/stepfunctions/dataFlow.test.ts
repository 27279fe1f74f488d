import assert from "node:assert/strict";
import { arnOf, realise, workTask, world } from "./fixture";

/** What one Pass state makes of an input. */
async function pass(state: object, input: unknown): Promise<unknown> {
  const { run } = await world({ StartAt: "It", States: { It: { Type: "Pass", End: true, ...state } } });
  const { status, output, error, cause } = await run(input);
  return status === "SUCCEEDED" ? JSON.parse(output!) : { status, error, cause };
}

const compute = (expression: string, input: unknown = {}): Promise<unknown> =>
  pass({ Parameters: { "it.$": expression }, OutputPath: "$.it" }, input);

describe("data flow", () => {
  const order = { id: 7, lines: [{ sku: "a" }, { sku: "b" }], none: [] as unknown[], falsy: 0, "two words": { x: 1 } };

  const paths: [string, unknown][] = [
    ["$", order],
    ["$.id", 7],
    ["$.falsy", 0],
    ["$.lines[1].sku", "b"],
    ["$['two words'].x", 1],
    ["$.lines[*].sku", ["a", "b"]],
    ["$.none[*].sku", []],
    ["$.lines[0:1]", [{ sku: "a" }]],
    ["$..sku", ["a", "b"]],
    ["$$.StateMachine.Name", "machine-1234567"],
  ];
  for (const [path, value] of paths) {
    it(`follows ${path}`, async () => assert.deepEqual(await compute(path, order), value));
  }

  it("fails with States.Runtime on a path to nothing", async () => {
    assert.equal(((await compute("$.lines[9]", order)) as { error: string }).error, "States.Runtime");
  });

  it("goes through InputPath, Parameters, ResultPath and OutputPath in this order", async () => {
    const state = { InputPath: "$.a", Parameters: { "y.$": "$.x", z: [1] }, ResultPath: "$.r.s", OutputPath: "$.r" };
    assert.deepEqual(await pass(state, { a: { x: 1 } }), { s: { y: 1, z: [1] } });
  });

  it("goes through ResultSelector before ResultPath", async () => {
    const { run } = await world(workTask({ ResultSelector: { "only.$": "$.a" }, ResultPath: "$.answer" }), {
      functions: { Work: () => ({ a: 1, b: 2 }) },
    });
    assert.deepEqual(JSON.parse((await run({ id: 7 })).output!), { id: 7, answer: { only: 1 } });
  });

  it("keeps the input when ResultPath is null, and replaces it when it is $", async () => {
    assert.deepEqual(await pass({ Result: 1, ResultPath: null }, { a: 1 }), { a: 1 });
    assert.deepEqual(await pass({ Result: 1, ResultPath: "$" }, { a: 1 }), 1);
  });

  it("passes results that are false, 0 or null", async () => {
    for (const Result of [false, 0, null, ""]) assert.equal(await pass({ Result }, { a: 1 }), Result);
  });

  it("cannot put a result into a text", async () => {
    const failed = (await pass({ Result: 1, ResultPath: "$.a.b" }, { a: "text" })) as { error: string };
    assert.equal(failed.error, "States.ResultPathMatchFailure");
  });

  const intrinsics: [string, unknown][] = [
    ["States.Format('{} of {}: \\{\\}', $.id, $.lines[0])", '7 of {"sku":"a"}: {}'],
    ["States.JsonToString($.lines)", '[{"sku":"a"},{"sku":"b"}]'],
    ["States.JsonToString(States.Array('a \"quote\"'))", '["a \\"quote\\""]'],
    ["States.StringToJson('{\"a\": [1, null]}')", { a: [1, null] }],
    ["States.Array($.id, 'it\\'s', -1.5, true, null, States.Array())", [7, "it's", -1.5, true, null, []]],
    ["States.ArrayLength($.lines[*])", 2],
    ['States.ArrayContains($.lines, States.StringToJson(\'{"sku":"b"}\'))', true],
    ["States.ArrayGetItem($.lines, 1)", { sku: "b" }],
    ["States.ArrayUnique(States.Array(1, 2, 1))", [1, 2]],
    ["States.Base64Decode(States.Base64Encode('ü'))", "ü"],
    ["States.Hash('abc', 'SHA-1')", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    ["States.JsonMerge($.lines[0], $['two words'], false)", { sku: "a", x: 1 }],
    ["States.MathAdd($.id, -8)", -1],
    ["States.StringSplit('a,b;c', ',;')", ["a", "b", "c"]],
  ];
  for (const [call, value] of intrinsics) {
    it(`computes ${call}`, async () => assert.deepEqual(await compute(call, order), value));
  }

  it("fails with States.IntrinsicFailure on what a function cannot take", async () => {
    for (const call of ["States.StringToJson('{')", "States.Format('{}')", "States.ArrayGetItem($.none, 0)"]) {
      assert.equal(((await compute(call, order)) as { error: string }).error, "States.IntrinsicFailure", call);
    }
  });
});

describe("a Choice state", () => {
  const at = "2026-03-01T10:00:00Z";
  const document = { n: 5, s: "order-7", b: true, t: at, nothing: null, m: 5 };

  const rules: [object, boolean][] = [
    [{ Variable: "$.n", NumericEquals: 5 }, true],
    [{ Variable: "$.n", NumericGreaterThan: 5 }, false],
    [{ Variable: "$.n", NumericGreaterThanEquals: 5 }, true],
    [{ Variable: "$.n", NumericLessThanEqualsPath: "$.m" }, true],
    [{ Variable: "$.s", NumericLessThan: 9 }, false],
    [{ Variable: "$.s", StringEquals: "order-7" }, true],
    [{ Variable: "$.s", StringGreaterThan: "order-6" }, true],
    [{ Variable: "$.s", StringMatches: "order-*" }, true],
    [{ Variable: "$.s", StringMatches: "*.7" }, false],
    [{ Variable: "$.s", StringMatches: "order-\\*" }, false],
    [{ Variable: "$.b", BooleanEquals: true }, true],
    [{ Variable: "$.b", BooleanEquals: false }, false],
    [{ Variable: "$.t", TimestampEquals: "2026-03-01T11:00:00+01:00" }, true],
    [{ Variable: "$.t", TimestampLessThan: at }, false],
    [{ Variable: "$.nothing", IsNull: true }, true],
    [{ Variable: "$.n", IsNull: false }, true],
    [{ Variable: "$.missing", IsPresent: true }, false],
    [{ Variable: "$.missing", IsPresent: false }, true],
    [{ Variable: "$.n", IsNumeric: true }, true],
    [{ Variable: "$.s", IsTimestamp: true }, false],
    [
      {
        And: [
          { Variable: "$.b", IsBoolean: true },
          { Variable: "$.s", IsString: true },
        ],
      },
      true,
    ],
    [
      {
        Or: [
          { Variable: "$.b", IsNumeric: true },
          { Variable: "$.s", IsNumeric: true },
        ],
      },
      false,
    ],
    [{ Not: { Variable: "$.n", NumericEquals: 6 } }, true],
  ];
  for (const [rule, taken] of rules) {
    it(`${taken ? "takes" : "does not take"} ${JSON.stringify(rule)}`, async () => {
      const { run } = await world(choice(rule, "No"));
      assert.equal((await run(document)).output, JSON.stringify(taken ? "yes" : "no"));
    });
  }

  it("fails with States.NoChoiceMatched when nothing matches and it has no Default", async () => {
    const { StartAt, States } = choice({ Variable: "$.n", NumericEquals: 6 }, undefined);
    const { run } = await world({ StartAt, States: { If: States.If, Yes: States.Yes } });
    assert.equal((await run(document)).error, "States.NoChoiceMatched");
  });

  it("fails with States.Runtime when its variable is absent", async () => {
    const { run } = await world(choice({ Variable: "$.missing", StringEquals: "a" }, "No"));
    assert.equal((await run(document)).error, "States.Runtime");
  });
});

function choice(rule: object, Default: string | undefined) {
  return {
    StartAt: "If",
    States: {
      If: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], ...(Default === undefined ? {} : { Default }) },
      Yes: { Type: "Pass", Result: "yes", End: true },
      No: { Type: "Pass", Result: "no", End: true },
    },
  };
}

describe("the lint", () => {
  const one = (state: object, more: object = {}): object => ({
    StartAt: "It",
    States: { It: { End: true, ...state } },
    ...more,
  });
  const task = (more: object): object => one({ Type: "Task", Resource: arnOf("Work"), ...more });

  const refused: [string, object | string, RegExp][] = [
    ["text that is not JSON", "{", /its definition is not JSON/],
    ["JSONata", one({ Type: "Pass" }, { QueryLanguage: "JSONata" }), /the QueryLanguage "JSONata"/],
    [
      "JSONata in one state",
      one({ Type: "Pass", QueryLanguage: "JSONata" }),
      /state "It": .* the QueryLanguage "JSONata"/,
    ],
    ["variables", one({ Type: "Pass", Assign: { a: 1 } }), /state "It": .* the field Assign/],
    ["a variable in a path", one({ Type: "Pass", InputPath: "$order" }), /cannot follow the InputPath \$order/],
    ["filters in paths", one({ Type: "Pass", InputPath: "$.a[?(@.b)]" }), /cannot follow the InputPath/],
    ["task tokens", task({ Parameters: { "t.$": "$$.Task.Token" } }), /"t\.\$": .* \$\$\.Task\.Token/],
    [
      "an intrinsic function without a stand-in",
      one({ Type: "Pass", Parameters: { "r.$": "States.MathRandom(1, 2)" } }),
      /no stand-in for States\.MathRandom/,
    ],
    [
      "half an intrinsic function",
      one({ Type: "Pass", Parameters: { "r.$": "States.Format('a'" } }),
      /is not an intrinsic function/,
    ],
    ["heartbeats", task({ HeartbeatSeconds: 3 }), /the field HeartbeatSeconds/],
    ["timeouts from paths", task({ TimeoutSecondsPath: "$.t" }), /the field TimeoutSecondsPath/],
    [
      "the optimised Lambda integration",
      one({ Type: "Task", Resource: "arn:aws:states:::lambda:invoke" }),
      /not the Resource arn:aws:states:::lambda:invoke/,
    ],
    [
      ".sync and callbacks",
      one({ Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" }),
      /not the Resource/,
    ],
    ["Map", one({ Type: "Map" }), /the state type Map/],
    ["Parallel", one({ Type: "Parallel" }), /the state type Parallel/],
    [
      "an unknown comparison",
      { StartAt: "It", States: { It: { Type: "Choice", Choices: [{ Variable: "$.a", Like: 1, Next: "It" }] } } },
      /the comparison Like/,
    ],
    [
      "States.ALL among others",
      task({ Retry: [{ ErrorEquals: ["A", "States.ALL"] }] }),
      /Retry\[0\]: States\.ALL must stand alone, and last/,
    ],
    [
      "States.ALL before others",
      task({
        Catch: [
          { ErrorEquals: ["States.ALL"], Next: "It" },
          { ErrorEquals: ["A"], Next: "It" },
        ],
      }),
      /Catch\[0\]: States\.ALL/,
    ],
    [
      "a target that does not exist",
      one({ Type: "Pass", End: undefined, Next: "Gone" }),
      /leads to "Gone", which does not exist/,
    ],
    [
      "a state that nothing leads to",
      { StartAt: "It", States: { It: { Type: "Succeed" }, Lost: { Type: "Succeed" } } },
      /state "Lost" is not reachable/,
    ],
    ["a state without an end", { StartAt: "It", States: { It: { Type: "Pass" } } }, /needs either Next or End/],
    [
      "a start that does not exist",
      { StartAt: "Gone", States: { It: { Type: "Succeed" } } },
      /StartAt names no state: Gone/,
    ],
    ["fractions of seconds", task({ TimeoutSeconds: 0.5 }), /TimeoutSeconds must be a number from 1, not 0\.5/],
    ["a result put into a list", one({ Type: "Pass", ResultPath: "$.a[0]" }), /cannot put a result at the ResultPath/],
  ];
  for (const [what, definition, message] of refused) {
    it(`refuses ${what}`, async () => {
      const { service } = await world(workTask());
      await assert.rejects(realise(service, definition), message);
    });
  }

  it("names the machine and everything that is wrong with it, at once", async () => {
    const { service } = await world(workTask());
    await assert.rejects(
      realise(service, task({ HeartbeatSeconds: 1, Assign: {} })),
      (error: Error) => /"machine-1234567"/.test(error.message) && error.message.split("\n").length === 3,
    );
  });
});
