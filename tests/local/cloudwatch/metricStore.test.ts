import assert from "node:assert/strict";
import { MetricStore, MOST_METRICS } from "../../../local/cloudwatch/metricStore";
import { parseStatistic } from "../../../local/cloudwatch/statistic";

const metric = { namespace: "Shop", name: "Latency", dimensions: { service: "pay", stage: "dev" } };
const SECOND = 1_000;
const MINUTE = 60_000;

describe("MetricStore", () => {
  let store: MetricStore;
  const add = (timeMs: number, value: number, more: object = {}): void =>
    store.add({ metric, timeMs, values: [[value, 1]], ...more });
  const read = (stat: string, periodSeconds = 60, toMs = 10 * MINUTE, more: object = {}): [number, number][] =>
    store
      .points(metric, { statistic: parseStatistic(stat), periodSeconds, fromMs: 0, toMs, ...more })
      .map(({ timeMs, value }) => [timeMs / SECOND, value]);

  beforeEach(() => (store = new MetricStore()));

  it("answers every statistic of a period, and leaves out periods without data", () => {
    for (const value of [4, 1, 7]) add(30 * SECOND, value);
    add(3 * MINUTE, 2);
    const at = (value: number): [number, number][] => [
      [0, value],
      [180, value === 3 ? 1 : 2],
    ];
    assert.deepEqual(read("SampleCount"), at(3));
    assert.deepEqual(read("Sum"), at(12));
    assert.deepEqual(read("Average"), at(4));
    assert.deepEqual(read("Minimum"), at(1));
    assert.deepEqual(read("Maximum"), at(7));
  });

  it("puts minutes together for longer periods", () => {
    for (const minute of [0, 1, 4, 5]) add(minute * MINUTE, 1);
    assert.deepEqual(read("Sum", 300), [
      [0, 3],
      [300, 1],
    ]);
  });

  it("knows a metric by its dimensions, in any order, and by nothing less", () => {
    add(0, 5);
    const reordered = { ...metric, dimensions: { stage: "dev", service: "pay" } };
    const query = { statistic: parseStatistic("Sum"), periodSeconds: 60, fromMs: 0, toMs: MINUTE };
    assert.equal(store.points(reordered, query).length, 1);
    assert.equal(store.points({ ...metric, dimensions: { service: "pay" } }, query).length, 0);
  });

  it("has exact percentiles of a hundred values, and close ones of ten thousand", () => {
    for (let value = 100; value >= 1; value--) add(0, value);
    assert.deepEqual(read("p90"), [[0, 90]]);
    assert.deepEqual(read("p0"), [[0, 1]]);
    assert.deepEqual(read("p100"), [[0, 100]]);
    store = new MetricStore();
    for (let value = 1; value <= 10_000; value++) add(0, value);
    const [[, p99 = 0] = []] = read("p99");
    assert.ok(Math.abs(p99 - 9_900) < 100, `p99 is ${p99}`);
  });

  it("sees repeated values as often as they occurred, in percentiles too", () => {
    store.add({
      metric,
      timeMs: 0,
      values: [
        [1, 9],
        [100, 1],
      ],
    });
    assert.deepEqual(read("p90"), [[0, 1]]);
    assert.deepEqual(read("p91"), [[0, 100]]);
    assert.deepEqual(read("Average"), [[0, 10.9]]);
  });

  it("has no percentiles of statistic sets, which hide their values", () => {
    store.add({ metric, timeMs: 0, values: { sampleCount: 3, sum: 9, minimum: 1, maximum: 5 } });
    assert.deepEqual(read("p50"), []);
    assert.deepEqual(read("Average"), [[0, 3]]);
  });

  it("keeps seconds apart for a metric of high resolution alone", () => {
    for (const second of [0, 5, 12]) add(second * SECOND, 1, { highResolution: true });
    assert.deepEqual(read("Sum", 10, MINUTE), [
      [0, 2],
      [10, 1],
    ]);
    assert.deepEqual(read("Sum"), [[0, 3]]);
    store = new MetricStore();
    add(0, 1);
    assert.deepEqual(read("Sum", 10, MINUTE), []);
  });

  it("keeps units apart when asked for one, and together when not", () => {
    add(0, 1, { unit: "Seconds" });
    add(0, 1_000, { unit: "Milliseconds" });
    assert.deepEqual(read("Sum", 60, MINUTE, { unit: "Seconds" }), [[0, 1]]);
    assert.deepEqual(read("Sum"), [[0, 1_001]]);
  });

  it("forgets minutes after 15 hours", () => {
    const hours = 20;
    for (let minute = 0; minute < hours * 60; minute++) add(minute * MINUTE, 1);
    const kept = read("Sum", 3600, hours * 60 * MINUTE).reduce((sum, [, value]) => sum + value, 0);
    assert.equal(kept, 15 * 60);
  });

  it("makes room for a new metric by forgetting the one that was written to least recently", () => {
    add(0, 1);
    for (let index = 0; index < MOST_METRICS; index++) {
      store.add({ metric: { namespace: "Shop", name: `m${index}`, dimensions: {} }, timeMs: 0, values: [[1, 1]] });
    }
    assert.deepEqual(read("Sum"), []);
    assert.equal(store.all().length, MOST_METRICS);
  });

  it("refuses statistics without a stand-in by their names", () => {
    assert.throws(() => parseStatistic("tm99"), /no stand-in for the statistic tm99/);
    assert.throws(() => parseStatistic("Median"), /"Median" is not a statistic/);
    assert.throws(() => parseStatistic("p101"), /"p101" is not a statistic/);
  });
});
