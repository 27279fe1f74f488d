import assert from "node:assert/strict";
import { priced, recordedShare, sumOf } from "../../../cli/cost/bill";
import { compare } from "../../../cli/cost/comparison";
import { ENDINGS } from "../../../cli/cost/endings";
import { leverOf } from "../../../cli/cost/levers";
import { measuredTimes } from "../../../cli/cost/measuredTimes";
import { monthlyBill } from "../../../cli/cost/monthlyBill";
import { partOf } from "../../../cli/cost/parts";
import { dollarsOf, PRICES, type PricedUnit } from "../../../cli/cost/prices";

const NO_TRACES = { reservoirPerSecond: 0, share: 0 };
/** A month of 30 days. */
const SECONDS = 2_592_000;

function near(actual: number, expected: number, what?: string): void {
  assert.ok(Math.abs(actual - expected) < 1e-6 * Math.max(1, Math.abs(expected)), `${what ?? ""} ${actual}`);
}

describe("prices", () => {
  // By hand, from the price and the unit that it is for.
  const million: [PricedUnit, number, number][] = [
    ["apiRequest", 1_000_000, 3.5],
    ["writeUnit", 8_000_000, 5],
    ["readUnit", 2_000_000, 0.25],
    ["lambdaRequest", 6_000_000, 1.2],
    // 100 ms of 512 MB are 0.05 GB-s: a million of them 50,000 GB-s at $0.0000133334.
    ["lambdaMbMs", 1_000_000 * 100 * 512, 0.66667],
    // 300 ms of 64 MB are 0.01875 GB-s: a million of them 18,750 GB-s at $0.00001667.
    ["expressMbMs", 1_000_000 * 300 * 64, 0.3125625],
    ["logByte", 4_600 * 1_000_000, 2.3],
    ["s3Write", 1_000_000, 5],
    ["snsMail", 1_000_000, 20],
    ["trace", 50_000, 0.25],
    ["idlePoll", 648_000, 0.2592],
  ];
  for (const [unit, quantity, dollars] of million) {
    it(`make ${quantity} ${PRICES[unit].name} $${dollars}`, () => near(dollarsOf(unit, quantity), dollars));
  }

  it("each say where they stand", () => {
    for (const [unit, { source }] of Object.entries(PRICES)) assert.match(source, /^https:\/\//, unit);
  });
});

describe("traces that are recorded", () => {
  it("are the share alone, without a reservoir", () => {
    assert.equal(recordedShare(10_000_000, { reservoirPerSecond: 0, share: 0.05 }), 0.05);
  });

  it("are all of a quiet stack, when the first of each second is", () => {
    assert.equal(recordedShare(SECONDS, { reservoirPerSecond: 1, share: 0.05 }), 1);
    // One and three more in each second: the first, and five of a hundred of the others.
    near(recordedShare(4 * SECONDS, { reservoirPerSecond: 1, share: 0.05 }), (1 + 0.05 * 3) / 4);
  });

  it("are none of nothing", () => assert.equal(recordedShare(0, { reservoirPerSecond: 1, share: 1 }), 0));
});

describe("parts", () => {
  const cases: [string, string, string][] = [
    ["writeUnit", "orderflow-prod-orders", "orders"],
    ["writeUnit", "orderflow-prod-orders/status-createdAt-index", "orders"],
    ["writeUnit", "orderflow-prod-order-events", "trail"],
    ["writeUnit", "orderflow-prod-consumed-events", "notification"],
    ["writeUnit", "orderflow-prod-rate-limits", "accept"],
    ["writeUnit", "orderflow-prod-inventory", "saga"],
    ["writeUnit", "orderflow-prod-payments", "saga"],
    ["sqsRequest", "orderflow-prod-orders", "queue"],
    ["sqsRequest", "orderflow-prod-record-event", "trail"],
    ["sqsRequest", "sqs:GetQueueAttributes", "accept"],
    ["sqsRequest", "sqs:ChangeMessageVisibility", "queue"],
    ["event", "orderflow-prod-events", "relay"],
    ["archiveByte", "orderflow-prod-events", "archive"],
    ["logByte", "/aws/lambda/orderflow-prod-IssueReceipt", "receipt"],
    ["logByte", "/aws/lambda/orderflow-prod-ConfirmOrder", "saga"],
    ["logByte", "/aws/vendedlogs/states/orderflow-prod-place-order", "saga"],
    ["logByte", "/aws/apigateway/orderflow-prod-api/access", "accept"],
    ["logByte", "/aws/events/orderflow-prod-order-events", "eventLog"],
    ["lambdaMbMs", "orderflow-prod-publishEvents", "relay"],
    ["s3Write", "s3:PutObject", "receipt"],
    ["snsRequest", "orderflow-prod-customer-messages", "notification"],
    ["trace", "orderflow-prod-recordEvent", "traces"],
  ];
  for (const [unit, resource, part] of cases) {
    it(`count ${unit} of ${resource} to ${part}`, () => assert.equal(partOf(unit, resource), part));
  }
});

describe("the bill of a month", () => {
  const order = [
    { unit: "writeUnit", resource: "orderflow-prod-orders", quantity: 4 },
    { unit: "traceStart", resource: "orderflow-prod-api", quantity: 2 },
    { unit: "apiRequest", resource: "orderflow-prod-api", quantity: 1 },
  ] as const;
  const failed = [{ unit: "writeUnit", resource: "orderflow-prod-inventory", quantity: 10 }] as const;
  const month = {
    orders: 1_000_000,
    mix: { confirmed: 0.75, outOfStock: 0.25, declined: 0, compensated: 0 },
    endings: { confirmed: order, outOfStock: failed, declined: failed, compensated: failed },
    monthly: [{ unit: "dashboard" as const, resource: "d", quantity: 1 }],
    sampling: { reservoirPerSecond: 0, share: 0.1 },
  };

  it("adds up endings by their share, traces by theirs, and what there is whatever happens", () => {
    const { dollars, standingDollars, items } = monthlyBill(month);
    const of = (unit: string, part: string) => items.find((item) => item.unit === unit && item.part === part)?.dollars;
    // 3 M write units at $0.625, 2.5 M likewise, 0.15 M traces at $5, 0.75 M requests at $3.50, and $3.
    near(of("writeUnit", "orders") ?? 0, 1.875);
    near(of("writeUnit", "saga") ?? 0, 1.5625);
    near(of("trace", "traces") ?? 0, 0.75);
    near(of("apiRequest", "accept") ?? 0, 2.625);
    assert.equal(standingDollars, 3);
    near(dollars, 1.875 + 1.5625 + 0.75 + 2.625 + 3);
    assert.deepEqual(items[0], { unit: "dashboard", part: "standing", quantity: 1, dollars: 3 });
  });

  it("has each request inspected where there is a web ACL", () => {
    const { items } = monthlyBill({ ...month, monthly: [{ unit: "webAcl", resource: "w", quantity: 1 }] });
    near(items.find(({ unit }) => unit === "wafRequest")?.dollars ?? 0, 0.75 * 0.6);
  });

  it("has a lever for whatever can be the dearest", () => {
    const units: PricedUnit[] = ["writeUnit", "logByte", "lambdaMbMs", "apiRequest", "s3Write", "sqsRequest", "event"];
    for (const unit of [
      ...units,
      "trace",
      "compositeAlarm",
      "alarmMetric",
      "customMetric",
      "snsMail",
    ] as PricedUnit[]) {
      for (const part of ["orders", "saga", "trail", "accept"] as const) {
        if (unit !== "writeUnit" || part !== "accept") assert.notEqual(leverOf({ unit, part }), undefined, unit);
      }
    }
  });
});

describe("the comparison with the system that was replaced", () => {
  const lines = [
    { unit: "apiRequest", resource: "orderflow-prod-api", quantity: 1 },
    { unit: "writeUnit", resource: "orderflow-prod-orders", quantity: 10 },
    { unit: "writeUnit", resource: "orderflow-prod-order-events", quantity: 4 },
    { unit: "lambdaRequest", resource: "orderflow-prod-createOrder", quantity: 1 },
    { unit: "lambdaMbMs", resource: "orderflow-prod-createOrder", quantity: 20 * 512 },
    { unit: "expressMbMs", resource: "orderflow-prod-place-order", quantity: 6400 },
  ] as const;
  const times = measuredTimes(lines, { "orderflow-prod-createOrder": 512 });
  const compared = compare(lines, times, { orders: 1_000_000, sampling: NO_TRACES });

  it("gives its functions the time that ours took", () => {
    assert.deepEqual(times, { functionMs: { createOrder: 20 }, executionMbMs: 6400 });
    // 20 ms of 256 MB on x86, and nothing of the functions that were not measured.
    const gigabyteSeconds = (20 * 256) / 1024 / 1000;
    const theirs = compared.replaced.byUnit.find(({ unit }) => unit === "lambdaMbMs")?.replaced ?? 0;
    near(theirs, gigabyteSeconds * 16.6667);
  });

  it("counts what both do apart from what only ours does", () => {
    assert.deepEqual([compared.ours.writeUnits, compared.ours.sameWorkWriteUnits], [14, 10]);
    near(compared.ours.all - compared.ours.sameWork, 4 * 0.625);
    near(compared.ours.all, sumOf(priced(lines, 0, 1_000_000)));
  });

  it("puts the same prices on its description", () => {
    // API 3.50, 6 calls 1.20, 8 write units 5.00, 3 queue requests 1.20, 1 event 1.00, Express 1.00, 2 traces 10.00,
    // 4,600 and 13,819 bytes of log 9.2095, and the time of functions and execution.
    const times = 5 * 16.6667e-3 * 1.0 + (6400 / 1024 / 1000) * 16.67;
    near(compared.replaced.dollars, 3.5 + 1.2 + 5 + 1.2 + 1 + 1 + 10 + 9.2095 + times);
    assert.equal(compared.replaced.writeUnits, 8);
  });

  it("knows every way in which an order can end", () => assert.equal(new Set(ENDINGS).size, 4));
});
