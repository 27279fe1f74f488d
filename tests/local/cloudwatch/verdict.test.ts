import assert from "node:assert/strict";
import { evaluationRange, judge, type MissingData } from "../../../local/cloudwatch/alarms/verdict";

const TREATMENTS: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];

/** Reads a row of AWS's tables, latest period on the right: 0 is within the threshold, X breaches it, - is missing. */
function outcomes(row: string, datapointsToAlarm: number): { states: (string | undefined)[]; filled: number } {
  const observed = [...row.replaceAll(" ", "")]
    .reverse()
    .flatMap((sign, index) => (sign === "-" ? [] : [{ age: index + 1, breaching: sign === "X" }]));
  const verdicts = TREATMENTS.map((treatMissingData) =>
    judge(observed, { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }),
  );
  return { states: verdicts.map(({ state }) => state), filled: verdicts[2]?.filled ?? -1 };
}

const RETAIN = undefined;
const NONE = "INSUFFICIENT_DATA";

describe("the verdict of an evaluation", () => {
  it("looks at five periods for three, as in AWS's examples", () => {
    assert.equal(evaluationRange({ evaluationPeriods: 3 }), 5);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, both tables.
  const TABLES = [
    [3, "0 - X - X", 0, ["OK", "OK", "OK", "OK"]],
    [3, "0 - - - -", 2, ["OK", "OK", "OK", "OK"]],
    [3, "- - - - -", 3, [NONE, RETAIN, "ALARM", "OK"]],
    [3, "0 X X - X", 0, ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [3, "- - X - -", 2, ["ALARM", RETAIN, "ALARM", "OK"]],
    [2, "0 - X - X", 0, ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [2, "0 0 X 0 X", 0, ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [2, "0 - X - -", 1, ["OK", "OK", "ALARM", "OK"]],
    [2, "- - - - 0", 2, ["OK", "OK", "ALARM", "OK"]],
    [2, "- - - X -", 2, ["ALARM", RETAIN, "ALARM", "OK"]],
  ] as const;

  for (const [datapoints, row, filled, states] of TABLES) {
    it(`is that of AWS for ${row} with ${datapoints} of 3`, () => {
      assert.deepEqual(outcomes(row, datapoints), { states: [...states], filled });
    });
  }

  it("is no alarm yet while the only breach is younger than the datapoints to alarm", () => {
    for (const row of ["- - - - X", "- - - X -"]) assert.equal(outcomes(row, 3).states[0], "OK");
  });

  it("leaves periods out that are older than enough others with data", () => {
    assert.deepEqual(outcomes("X X 0 0 0", 1).states, ["OK", "OK", "OK", "OK"]);
  });
});
