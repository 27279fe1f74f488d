import assert from "node:assert/strict";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { readEmbedded } from "../../../local/cloudwatch/embeddedMetrics";

const NOW = Date.UTC(2026, 0, 1);

function document(change: { aws?: object; directive?: object; root?: object } = {}): string {
  const directive = {
    Namespace: "Shop",
    Dimensions: [["service"], ["service", "stage"], []],
    Metrics: [
      { Name: "Placed", Unit: "Count" },
      { Name: "Took", Unit: "Milliseconds", StorageResolution: 1 },
    ],
    ...change.directive,
  };
  return JSON.stringify({
    _aws: { Timestamp: NOW, CloudWatchMetrics: [directive], ...change.aws },
    ...{ service: "create", stage: "dev", Placed: 1, Took: [12, 15.5] },
    ...change.root,
  });
}

function dataOf(line: string): any[] {
  const embedded = readEmbedded(line, NOW);
  assert.equal(embedded.kind, "metrics", JSON.stringify(embedded));
  return embedded.kind === "metrics" ? [...embedded.data] : [];
}

describe("the embedded metric format", () => {
  it("makes each metric once for each set of dimensions", () => {
    const data = dataOf(document());
    const told = data.map(({ metric }) => `${metric.name} ${JSON.stringify(metric.dimensions)}`);
    assert.deepEqual(told, [
      'Placed {"service":"create"}',
      'Placed {"service":"create","stage":"dev"}',
      "Placed {}",
      'Took {"service":"create"}',
      'Took {"service":"create","stage":"dev"}',
      "Took {}",
    ]);
  });

  it("reads values, units, times and resolutions", () => {
    const [placed, , , took] = dataOf(document());
    assert.deepEqual(
      [placed.values, placed.unit, placed.timeMs, placed.highResolution],
      [[[1, 1]], "Count", NOW, false],
    );
    assert.deepEqual(
      [took.values, took.unit, took.highResolution],
      [
        [
          [12, 1],
          [15.5, 1],
        ],
        "Milliseconds",
        true,
      ],
    );
  });

  it("reads values with how often each occurred", () => {
    const [, , , took] = dataOf(document({ root: { Took: { Values: [3, 4], Counts: [10, 1] } } }));
    assert.deepEqual(took.values, [
      [3, 10],
      [4, 1],
    ]);
  });

  it("reads what Powertools writes", () => {
    const metrics = new Metrics({ namespace: "Shop", serviceName: "create" });
    metrics.addMetric("Placed", "Count", 2);
    metrics.addMetric("Placed", "Count", 3);
    const line = JSON.stringify(metrics.serializeMetrics());
    const embedded = readEmbedded(line, Date.now());
    assert.equal(embedded.kind, "metrics");
    const [datum] = embedded.kind === "metrics" ? embedded.data : [];
    assert.deepEqual(datum?.metric, { namespace: "Shop", name: "Placed", dimensions: { service: "create" } });
    assert.deepEqual(datum?.values, [
      [2, 1],
      [3, 1],
    ]);
  });

  it("finds a document behind the columns that Lambda puts before a line", () => {
    assert.equal(dataOf(`2026-01-01T00:00:00.000Z\t9f0d\tINFO\t${document()}`).length, 6);
  });

  it("sees nothing in other lines, also in one that speaks of metrics", () => {
    assert.equal(readEmbedded('{"message":"hello"}', NOW).kind, "none");
    assert.equal(readEmbedded('{"message":"\\"CloudWatchMetrics\\""}', NOW).kind, "none");
    assert.equal(readEmbedded('{"seen":{"CloudWatchMetrics":"none"}}', NOW).kind, "none");
  });

  it("tells a broken line from a document that breaks the specification", () => {
    assert.equal(readEmbedded(document().slice(0, -5), NOW).kind, "parsingError");
    const invalid: [object, RegExp][] = [
      [{ aws: { Timestamp: "now" } }, /Timestamp/],
      [{ aws: { Timestamp: NOW - 15 * 86_400_000 } }, /two weeks/],
      [{ directive: { Namespace: "" } }, /Namespace/],
      [{ directive: { Dimensions: [["missing"]] } }, /dimension missing/],
      [{ directive: { Dimensions: [Array.from({ length: 31 }, (_, index) => `d${index}`)] } }, /30 dimensions/],
      [{ directive: { Metrics: [{ Name: "Absent" }] } }, /Absent must be a number/],
      [{ directive: { Metrics: [{ Name: "Placed", Unit: "Pieces" }] } }, /Pieces is not a unit/],
      [{ directive: { Metrics: Array.from({ length: 101 }, () => ({ Name: "Placed" })) } }, /100/],
      [{ root: { Placed: { deeper: 1 } } }, /Placed.Values must be a list/],
      [{ root: { Took: Array.from({ length: 101 }, () => 1) } }, /100 values/],
      [{ root: { service: 7 } }, /dimension service must be a text/],
    ];
    for (const [change, reason] of invalid) {
      const embedded = readEmbedded(document(change), NOW);
      assert.equal(embedded.kind, "validationError", JSON.stringify(change));
      if (embedded.kind === "validationError") assert.match(embedded.reason, reason);
    }
  });
});
