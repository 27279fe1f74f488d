import assert from "node:assert/strict";
import { parseFilterPattern } from "../../../local/logs/filterPattern";
import { FilterPatternError } from "../../../local/logs/filterPatternError";

const cases: readonly [pattern: string, matching: readonly string[], other: readonly string[]][] = [
  ["", ["anything", ""], []],
  ["ERROR", ["[ERROR 400]", "ERROR"], ["error", "fine"]],
  ["ERROR order", ["order 1: ERROR"], ["ERROR", "order"]],
  ['"out of stock"', ["PROD-1 is out of stock"], ["out", "stock of out"]],
  ['"say \\"no\\""', ['they say "no" again'], ["say no"]],
  ["?ERROR ?WARN", ["WARN x", "ERROR x"], ["INFO x"]],
  ["order -DEBUG", ["order"], ["order DEBUG", "other"]],
  ['-"a b"', ["ab"], ["a b"]],
  ['{ $.level = "ERROR" }', ['{"level":"ERROR"}'], ['{"level":"INFO"}', "level ERROR", '{"a":1}']],
  ["{ $.a.b = 3 }", ['{"a":{"b":3}}', ' {"a":{"b":3.0}}'], ['{"a":{"b":"3"}}', '{"a":3}', "{broken"]],
  ['{ $.a != "x" }', ['{"a":"y"}', '{"a":1}'], ['{"a":"x"}', '{"b":1}']],
  ['{ $.a = "or*d" }', ['{"a":"ord"}', '{"a":"oriid"}'], ['{"a":"ordx"}']],
  ["{ $.list[1].n >= 2 }", ['{"list":[0,{"n":2}]}'], ['{"list":[{"n":2}]}', '{"list":[0,{"n":1}]}']],
  ['{ $.a = 1 && ($.b = "x" || $.c < 0) }', ['{"a":1,"b":"x"}', '{"a":1,"c":-1}'], ['{"a":1}', '{"b":"x"}']],
  ["{ $.a = 1 || $.b = 2 && $.c = 3 }", ['{"a":1}', '{"b":2,"c":3}'], ['{"b":2}']],
  ["{ $.a IS NULL }", ['{"a":null}'], ["{}", '{"a":0}']],
  ["{ $.a is true }", ['{"a":true}'], ['{"a":"true"}']],
  ["{ $.a NOT EXISTS }", ["{}"], ['{"a":null}']],
];

describe("a filter pattern of CloudWatch Logs", () => {
  for (const [pattern, matching, other] of cases) {
    it(`reads ${pattern === "" ? "the empty pattern" : pattern}`, () => {
      const filter = parseFilterPattern(pattern);
      for (const message of matching) assert.ok(filter(message), `should match ${message}`);
      for (const message of other) assert.ok(!filter(message), `should not match ${message}`);
    });
  }

  const refused: readonly [string, RegExp][] = [
    ["[ip, user]", /Space-delimited/],
    ["%[0-9]+%", /Regular expressions/],
    ["a.b", /must be in quotes/],
    ["?a b", /cannot be combined/],
    ["{ $.a }", /Invalid filter pattern/],
    ["{ $.a = 1", /Invalid filter pattern/],
    ["{ $.a = 1 } x", /Invalid filter pattern/],
    ["{ a = 1 }", /not a property selector/],
    ["{ $.a < x }", /needs a number/],
    ["{ $.a ~ 1 }", /operator ~ is not known/],
    ["{ $.a IS BLUE }", /IS BLUE/],
    ['{ $.a = "open }', /Invalid filter pattern/],
  ];
  for (const [pattern, message] of refused) {
    it(`refuses ${pattern}`, () => {
      assert.throws(
        () => parseFilterPattern(pattern),
        (error: unknown) => error instanceof FilterPatternError && message.test(error.message),
      );
    });
  }
});
