import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { compare, type Facts } from "../../../cli/ledger/compare";
import { comparisonText } from "../../../cli/ledger/report";
import { verify } from "../../../cli/ledger/verify";

const facts = (orderId: string, rest: Partial<Facts> = {}): Facts => ({
  ...{ orderId, version: 4, status: "CONFIRMED", amountMinor: 1_000 },
  ...rest,
});

describe("comparing the ledger with the orders", () => {
  it("finds nothing where each order has its row, in whatever order they come", () => {
    const { differences, byStatus } = compare([facts("a"), facts("b")], [facts("b"), facts("a")]);
    assert.deepEqual(differences, []);
    assert.deepEqual(byStatus, { CONFIRMED: { orders: 2, amountMinor: 2_000 } });
  });

  it("finds a row that is behind, one that is wrong, one that is missing and one without an order", () => {
    const orders = [facts("behind"), facts("amount"), facts("status"), facts("ahead"), facts("missing")];
    const rows = [
      facts("behind", { version: 2, status: "PENDING" }),
      facts("amount", { amountMinor: 999 }),
      facts("status", { status: "FAILED" }),
      facts("ahead", { version: 5 }),
      facts("unknown"),
    ];
    const { differences } = compare(orders, rows);
    const told = differences.map((difference) => [
      difference.kind,
      ("order" in difference ? difference.order : difference.row).orderId,
    ]);
    assert.deepEqual(told, [
      ["behind", "behind"],
      ["wrong", "amount"],
      ["wrong", "status"],
      ["wrong", "ahead"],
      ["missing", "missing"],
      ["unknown", "unknown"],
    ]);
  });

  it("is told in words, with the sums when all agree", () => {
    assert.equal(
      comparisonText(compare([facts("a")], [facts("a")])),
      "The ledger agrees with the orders table: 1 orders.\n  CONFIRMED  1 orders, 1000 in minor units",
    );
    assert.equal(
      comparisonText(compare([facts("a")], [])),
      "The ledger differs in 1 of 1 orders; it has 0 rows.\n" +
        "  a  missing: the ledger has no row of version 4, CONFIRMED, 1000",
    );
  });

  it("names twenty differences and counts the rest", () => {
    const orders = Array.from({ length: 25 }, (_, at) => facts(`order-${at}`));
    assert.match(comparisonText(compare(orders, [])), /\n {2}and 5 more$/);
  });
});

describe("verifying the ledger", () => {
  function sources(rowsOverTime: (readonly Facts[])[]) {
    let read = 0;
    return {
      orders: async () => [facts("a")],
      rows: async () => rowsOverTime[Math.min(read++, rowsOverTime.length - 1)] ?? [],
      close: () => undefined,
      read: () => read,
    };
  }

  it("waits for a ledger that is catching up", async () => {
    const catching = sources([[], [facts("a", { version: 2 })], [facts("a")]]);
    const paused: number[] = [];
    const pause = async (ms: number) => paused.push(ms);
    assert.deepEqual((await verify(catching, { withinSeconds: 30, pause })).differences, []);
    assert.deepEqual(paused, [2_000, 2_000]);
  });

  it("tells of a difference that stays", async () => {
    const stuck = sources([[]]);
    const { differences } = await verify(stuck, { withinSeconds: 6, pause: async () => undefined });
    assert.deepEqual([differences.length, stuck.read()], [1, 4]);
  });
});
