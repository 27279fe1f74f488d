import assert from "node:assert/strict";
import { MetricQueries, type MetricQuery } from "../../../local/cloudwatch/metricQueries";
import { MetricStore } from "../../../local/cloudwatch/metricStore";

const MINUTE = 60_000;

/** Evaluates an expression over series that are given as lists of values a minute apart, where null is missing. */
function result(expression: string, series: Readonly<Record<string, readonly (number | null)[]>>): unknown {
  const store = new MetricStore();
  const queries: MetricQuery[] = Object.entries(series).map(([id, values]) => {
    const metric = { namespace: "Shop", name: id, dimensions: {} };
    values.forEach((value, index) => {
      if (value !== null) store.add({ metric, timeMs: index * MINUTE, values: [[value, 1]] });
    });
    return { id, source: { metric, periodSeconds: 60, stat: "Sum" }, returnData: false };
  });
  const length = Math.max(...Object.values(series).map((values) => values.length));
  const all = new MetricQueries([...queries, { id: "result", source: { expression }, returnData: true }]);
  const value = all.value("result", store, { fromMs: 0, toMs: length * MINUTE });
  const list = (points: ReadonlyMap<number, number>): (number | null)[] =>
    Array.from({ length }, (_, index) => points.get(index * MINUTE) ?? null);
  if (value.kind === "scalar") return value.value;
  return value.kind === "series" ? list(value.points) : value.all.map(list);
}

describe("metric math", () => {
  const pair = { m1: [30, 20, 0, 0], m2: [20, null, 20, null] };

  it("compares as AWS's table says, a missing value being 0", () => {
    assert.deepEqual(result("m1 < m2", pair), [0, 0, 1, 0]);
    assert.deepEqual(result("m2 - m1", pair), [-10, -20, 20, 0]);
    assert.deepEqual(result("m1 >= 30", pair), [1, 0, 0, 0]);
    assert.deepEqual(result("m1 > 15 AND m2 > 15", pair), [1, 0, 0, 0]);
    assert.deepEqual(result("m1 > 15 || m2 > 15", pair), [1, 1, 1, 0]);
  });

  it("chooses as AWS's tables of IF say", () => {
    const three = { m1: [1, 1, 0, 0, null], m2: [30, null, 0, 0, 30], m3: [0, 0, 20, null, 20] };
    assert.deepEqual(result("IF(m1, m2, m3)", three), [30, 0, 20, null, null]);
    assert.deepEqual(result("IF(m1, 5, m3)", three), [5, 5, 20, null, null]);
    assert.deepEqual(result("IF(m1, m2, 5)", three), [30, 0, 5, 5, null]);
    assert.deepEqual(result("IF(m1, m2)", three), [30, 0, null, null, null]);
  });

  it("drops a point that divides by zero, and guards against it with IF", () => {
    const rate = { errors: [1, 0, 2], count: [4, 0, 8] };
    assert.deepEqual(result("100 * errors / count", rate), [25, null, 25]);
    assert.deepEqual(result("IF(count > 0, 100 * errors / count, 0)", rate), [25, 0, 25]);
  });

  it("binds as arithmetic does", () => {
    assert.deepEqual(result("1 + 2 * m1 ^ 2 - -m1 / (1 + 1)", { m1: [2] }), [1 + 2 * 4 + 1]);
    assert.deepEqual(result("10 - m1 - 1", { m1: [2] }), [7]);
  });

  it("sums, averages and takes extremes over lists and METRICS", () => {
    assert.deepEqual(result("SUM([m1, m2])", pair), [50, 20, 20, 0]);
    assert.deepEqual(result("AVG(METRICS())", pair), [25, 10, 10, 0]);
    assert.deepEqual(result("MAX(METRICS())", pair), [30, 20, 20, 0]);
    assert.deepEqual(result("MIN([m1, m2])", pair), [20, 20, 0, 0]);
    assert.deepEqual(result('SUM(METRICS("2"))', pair), [20, null, 20, null]);
    assert.deepEqual(result("METRICS() * 2", pair), [
      [60, 40, 0, 0],
      [40, null, 40, null],
    ]);
  });

  it("turns one series into a number", () => {
    assert.equal(result("SUM(m1) + MAX(m1) + MIN(m1) + AVG(m1)", pair), 50 + 30 + 0 + 12.5);
  });

  it("fills gaps with a number, another series, the value before, or a line", () => {
    const gaps = { m1: [null, 2, null, null, 8, null], m2: [1, 1, 1, 1, 1, 1] };
    assert.deepEqual(result("FILL(m1, 0)", gaps), [0, 2, 0, 0, 8, 0]);
    assert.deepEqual(result("FILL(m1, m2)", gaps), [1, 2, 1, 1, 8, 1]);
    assert.deepEqual(result("FILL(m1, REPEAT)", gaps), [null, 2, 2, 2, 8, 8]);
    assert.deepEqual(result("FILL(m1, LINEAR)", gaps), [null, 2, 4, 6, 8, null]);
    assert.deepEqual(result("SUM(FILL(METRICS(), 0))", gaps), [1, 3, 1, 1, 9, 1]);
  });

  it("knows rates per second, absolutes, ceilings and floors", () => {
    assert.deepEqual(result("RATE(m1)", { m1: [0, 60, null, 300] }), [null, 1, null, 2]);
    assert.deepEqual(result("ABS(-m1) + CEIL(m1) + FLOOR(m1)", { m1: [1.5] }), [4.5]);
  });

  it("refuses functions without a stand-in by their names, and what is no expression", () => {
    assert.throws(
      () => result("ANOMALY_DETECTION_BAND(m1)", pair),
      /no stand-in for the function ANOMALY_DETECTION_BAND/,
    );
    assert.throws(() => result("SEARCH('{AWS/EC2}', 'Sum')", pair), /no stand-in for the function SEARCH/);
    assert.throws(() => result("m1 +", pair), /ends too early/);
    assert.throws(() => result("m1 % 2", pair), /cannot be read from " % 2"|cannot be read from/);
    assert.throws(() => result("m9", pair), /There is no query "m9"/);
    assert.throws(() => result("result + m1", pair), /go in a circle/);
  });
});
