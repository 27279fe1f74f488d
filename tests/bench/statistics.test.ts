import assert from "node:assert/strict";
import { Figures, isMet, summaryOf } from "../../bench/figure";
import { median, percentile } from "../../bench/statistics";

describe("statistics", () => {
  it("takes the middle of an odd number of values, and half way between two of an even one", () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([9, 1, 5, 6]), 5.5);
  });

  it("takes the value that a part of the values do not exceed", () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    assert.deepEqual(
      [50, 95, 99, 100].map((percent) => percentile(hundred, percent)),
      [50, 95, 99, 100],
    );
    assert.equal(percentile([7], 99), 7);
  });
});

describe("Figures", () => {
  it("gathers the values of a figure from run to run", () => {
    const figures = new Figures();
    for (const value of [3, 1, 2]) figures.add({ name: "a", unit: "ms", better: "less" }, value);

    assert.equal(figures.median("a"), 2);
    assert.deepEqual(figures.all.map(summaryOf), [{ median: 2, min: 1, max: 3, runs: 3 }]);
  });

  it("holds the median against the target", () => {
    assert.equal(isMet({ values: [1, 2, 30], target: { most: 2 } }), true);
    assert.equal(isMet({ values: [1, 3, 30], target: { most: 2 } }), false);
    assert.equal(isMet({ values: [1, 3, 30], target: { least: 3 } }), true);
    assert.equal(isMet({ values: [1, 2, 30], target: { least: 3 } }), false);
    assert.equal(isMet({ values: [1] }), undefined);
  });
});
