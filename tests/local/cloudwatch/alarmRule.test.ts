import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAlarmRule } from "../../../local/cloudwatch/alarms/alarmRule";
import type { StateValue } from "../../../local/cloudwatch/alarms/verdict";

const STATES: Readonly<Record<string, StateValue>> = {
  a: "ALARM",
  b: "OK",
  c: "INSUFFICIENT_DATA",
  "d (new)": "ALARM",
};
const holds = (rule: string): boolean => parseAlarmRule(rule).holds((name) => STATES[name] ?? "OK");

describe("the rule of a composite alarm", () => {
  it("asks alarms for their states, by names with or without quotes", () => {
    assert.equal(holds('ALARM("a")'), true);
    assert.equal(holds("OK(a)"), false);
    assert.equal(holds("INSUFFICIENT_DATA( c )"), true);
    assert.equal(holds('ALARM("d (new)")'), true);
    assert.deepEqual(parseAlarmRule('ALARM(a) OR OK("d (new)") OR OK(a)').children, ["a", "d (new)"]);
  });

  it("binds NOT before AND before OR", () => {
    assert.equal(holds("ALARM(a) OR ALARM(b) AND FALSE"), true);
    assert.equal(holds("(ALARM(a) OR ALARM(b)) AND FALSE"), false);
    assert.equal(holds("NOT ALARM(b) AND NOT (TRUE AND FALSE)"), true);
  });

  it("computes what the same expression computes in JavaScript", () => {
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("TRUE", "FALSE", "ALARM(a)", "ALARM(b)"),
        fc.tuple(tie("expression"), fc.constantFrom("AND", "OR"), tie("expression")).map((parts) => parts.join(" ")),
        tie("expression").map((inner) => `NOT (${inner})`),
      ),
    }));
    fc.assert(
      fc.property(expression, (rule) => {
        const js = rule
          .replaceAll("ALARM(a)", "true")
          .replaceAll("ALARM(b)", "false")
          .replaceAll(/TRUE|FALSE/g, (word) => word.toLowerCase())
          .replaceAll("AND", "&&")
          .replaceAll("OR", "||")
          .replaceAll("NOT", "!");
        // eslint-disable-next-line @typescript-eslint/no-implied-eval
        assert.equal(holds(rule), new Function(`return ${js}`)());
      }),
    );
  });

  it("refuses what is not a rule, and says from where on", () => {
    for (const rule of ["", "ALARM", "ALARM()", "ALARM(a) AND", "WARM(a)", "(ALARM(a)", "ALARM(a) ALARM(b)"]) {
      assert.throws(() => parseAlarmRule(rule), /cannot be read from/, rule);
    }
  });

  it("refuses AT_LEAST by its name", () => {
    assert.throws(() => parseAlarmRule("AT_LEAST(1, ALARM, (a, b))"), /no stand-in for AT_LEAST/);
  });
});
