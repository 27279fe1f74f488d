import assert from "node:assert/strict";
import { timelineOf } from "../../../cli/order/timeline";
import { duration, timelineText } from "../../../cli/order/timelineText";
import { EVENT_TYPES } from "../../../contracts/events";
import type { Order } from "../../../contracts/order";
import { anOrder, captured, refunded } from "../../contracts/anOrder";
import { trailOf } from "../../contracts/aWalk";

const at = (ms: number): string => new Date(Date.parse(anOrder().createdAt) + ms).toISOString();
const step = (before: Order, version: number, ms: number, changes: Partial<Order>): Order => ({
  ...{ ...before, ...changes, version },
  updatedAt: at(ms),
});

const received = anOrder();
const reserved = step(received, 2, 103, { stage: "INVENTORY_RESERVED", reserved: true });
const paid = step(reserved, 3, 220, { stage: "PAYMENT_PROCESSED", payment: captured });
const confirmed = step(paid, 4, 2_620, {
  stage: "CONFIRMED",
  status: "CONFIRMED",
  receiptKey: "receipts/2026/11/order-1.json",
});

const fault = { step: "IssueReceipt", code: "TECHNICAL_FAULT", reason: "A technical fault." } as const;
const cancelling = step(paid, 4, 5_000, { stage: "CANCELLING", failure: fault });
const givenBack = step(cancelling, 5, 185_000, { payment: refunded });
const released = step(givenBack, 6, 185_100, { reserved: false });
const failed = step(released, 7, 7_385_100, { stage: "FAILED", status: "FAILED" });

describe("the timeline of an order", () => {
  it("tells each step in plain words, with its time, its length and what matters", () => {
    const text = timelineText(timelineOf(confirmed, trailOf([received, reserved, paid, confirmed])));
    assert.equal(
      text,
      [
        "Order order-1",
        "  status       CONFIRMED",
        "  tenant       acme",
        "  customer     user-1",
        "  placed       2026-11-20 10:00:00.000 UTC",
        "  lines        2 × Wireless Mouse (PROD-001)  at 29.99 EUR  59.98 EUR",
        "               1 × USB-C Hub (PROD-003)       at 49.99 EUR  49.99 EUR",
        "  total        109.97 EUR",
        "  payment      CAPTURED, 109.97 EUR",
        "  receipt      receipts/2026/11/order-1.json",
        "  correlation  corr-1",
        "",
        "  TIME (UTC)                  STEP   TOTAL  WHAT",
        "  2026-11-20 10:00:00.000                   accepted        3 units, 109.97 EUR",
        "  2026-11-20 10:00:00.103  +103 ms  103 ms  stock reserved  2 × PROD-001, 1 × PROD-003",
        "  2026-11-20 10:00:00.220  +117 ms  220 ms  charged         109.97 EUR, txn-1",
        "  2026-11-20 10:00:02.620   +2.4 s   2.6 s  confirmed       109.97 EUR, receipts/2026/11/order-1.json",
        "",
        "4 events in 2.6 s, charged 109.97 EUR, refunded 0.00 EUR",
      ].join("\n"),
    );
  });

  it("tells the way back, what became of the money, and which write told nothing", () => {
    const walk = [received, reserved, paid, cancelling, givenBack, released, failed];
    const lines = timelineText(timelineOf(failed, trailOf(walk))).split("\n");
    assert.ok(lines.includes("  failure      TECHNICAL_FAULT in IssueReceipt: A technical fault."));
    const told = lines.filter((line) => line.startsWith("  2026"));
    assert.deepEqual(
      told.slice(3).map((line) => line.slice("  2026-11-20 10:00:00.000".length).trim().replaceAll(/ {2,}/g, " | ")),
      [
        "+3 min 4 s | 3 min 5 s | refunded | 109.97 EUR, txn-1",
        "+100 ms | 3 min 5 s | stock given back | 2 × PROD-001, 1 × PROD-003",
        "+2 h | 2 h 3 min | failed | TECHNICAL_FAULT in IssueReceipt: A technical fault.",
      ],
    );
    assert.deepEqual(lines.slice(-2), [
      "6 events in 2 h 3 min, charged 109.97 EUR, refunded 109.97 EUR",
      "No event tells of version 4 of 7.",
    ]);
  });

  it("knows of a charge by its refund alone", () => {
    const { totals } = timelineOf(failed, trailOf([received, reserved, { ...givenBack, version: 3 }]));
    assert.deepEqual([totals.charged, totals.refunded], [109.97, 109.97]);
  });

  it("says that nothing is recorded yet", () => {
    assert.match(timelineText(timelineOf(received, [])), /Nothing is recorded yet/);
    assert.match(timelineText(timelineOf(cancelling, [])), /status +PENDING, CANCELLING/);
  });

  it("has words for every type of event, and shows one that it does not know by its name", () => {
    const [created] = trailOf([received]);
    const wordsOf = (type: string) => timelineOf(received, [{ ...created!, type }]).steps[0]?.words;
    assert.equal(wordsOf("OrderShipped"), "OrderShipped");
    const detail = { ...created!.detail, amount: 1, currency: "EUR", totalAmount: 1, itemCount: 1, items: [] };
    const words = EVENT_TYPES.map((type) => timelineOf(received, [{ ...created!, type, detail }]).steps[0]?.words);
    assert.equal(new Set(words).size, EVENT_TYPES.length);
    assert.ok(EVENT_TYPES.every((type) => !words.includes(type)));
  });

  it("has colours only when it is told to", () => {
    const timeline = timelineOf(confirmed, trailOf([received, confirmed]));
    assert.ok(!timelineText(timeline).includes("\u001b["));
    assert.ok(timelineText(timeline, true).includes("\u001b[32m"));
  });

  it("shows amounts with as many digits as the currency has", () => {
    const yen = anOrder({ currency: "JPY", amountMinor: 109 });
    assert.match(timelineText(timelineOf(yen, trailOf([yen]))), /total +109 JPY\n/);
  });
});

describe("duration", () => {
  it("has the units that people think in", () => {
    assert.deepEqual([0, 999, 1_000, 59_999, 60_000, 185_000, 7_385_000, 90_000_000].map(duration), [
      "0 ms",
      "999 ms",
      "1.0 s",
      "59.9 s",
      "1 min",
      "3 min 5 s",
      "2 h 3 min",
      "1 d 1 h",
    ]);
  });
});
