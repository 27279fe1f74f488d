import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Month } from "../../handlers/ledger/month";
import { maintainPartitions, type Partitions } from "../../handlers/maintainPartitions";
import { withTelemetry } from "../../handlers/telemetry";

async function run(at: string, strays: { month: Date; rows: number }[] = []) {
  const asked: Month[] = [];
  const counted: [string, number][] = [];
  const partitions: Partitions = { strays: async () => strays, ensure: async (month) => asked.push(month) > 0 };
  const telemetry = {
    log: () => undefined,
    count: (metric: string, units: number) => void counted.push([metric, units]),
    record: () => undefined,
  };
  await withTelemetry(telemetry, {}, () => maintainPartitions({ partitions })(new Date(at)));
  return { months: asked.map(({ name }) => name), asked, counted };
}

describe("maintainPartitions", () => {
  it("makes the partitions of this month and of the three after it", async () => {
    const { months, asked } = await run("2026-11-30T23:59:59Z");
    assert.deepEqual(months, ["2026_11", "2026_12", "2027_01", "2027_02"]);
    assert.deepEqual(
      [asked[1]?.from, asked[1]?.to],
      [new Date("2026-12-01T00:00:00Z"), new Date("2027-01-01T00:00:00Z")],
    );
  });

  it("goes by the days of UTC, and by months, not by days of 31", async () => {
    assert.deepEqual((await run("2026-01-31T23:30:00-01:00")).months, ["2026_02", "2026_03", "2026_04", "2026_05"]);
    assert.deepEqual((await run("2026-01-31T12:00:00Z")).months, ["2026_01", "2026_02", "2026_03", "2026_04"]);
  });

  it("makes each month that has rows in the default partition, once", async () => {
    const strays = [
      { month: new Date("2020-02-01T00:00:00Z"), rows: 5 },
      { month: new Date("2026-12-01T00:00:00Z"), rows: 2 },
    ];
    const { months, counted } = await run("2026-11-20T00:00:00Z", strays);
    assert.deepEqual(months, ["2026_11", "2026_12", "2027_01", "2027_02", "2020_02"]);
    assert.deepEqual(counted, [["LedgerDefaultPartitionRows", 7]]);
  });

  it("counts none when there are none, so that an alarm ends", async () => {
    assert.deepEqual((await run("2026-11-20T00:00:00Z")).counted, [["LedgerDefaultPartitionRows", 0]]);
  });
});
