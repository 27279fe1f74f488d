import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error -- the package has no types
import untypedValidator from "asl-validator";
import { toAsl } from "../../sagas/builder/asl";
import { sagaTasks } from "../../sagas/builder/plan";
import { worstCaseSeconds } from "../../sagas/builder/worstCase";
import { placeOrder } from "../../sagas/placeOrder";
import { arnOf, never, Thrown, throttled, world, type FakeFunction } from "../local/stepfunctions/fixture";

const order = {
  orderId: "o-7",
  tenantId: "acme",
  correlationId: "c-7",
  items: [{ productId: "PROD-001", qty: 2 }],
  amountMinor: 5998,
  currency: "EUR",
};
const aslValidator = untypedValidator as (
  definition: object,
  options: object,
) => { isValid: boolean; errorsText: (separator: string) => string };
const document = toAsl(placeOrder, arnOf);
const cancelled = (): object => ({ outcome: "CANCELLED" });
const RECEIPT = { receiptKey: "receipts/2026/11/o-7.json" };
const issued = (): object => RECEIPT;
const fault = (): never => {
  throw new Thrown("TypeError", "x is not a function");
};
const says =
  (code: string, reason = code) =>
  (): never => {
    throw new Thrown(code, reason);
  };

async function place(functions: Record<string, FakeFunction>) {
  const at = await world(document, {
    functions: { CancelOrder: cancelled, IssueReceipt: issued, ...functions },
    random: () => 0,
  });
  const answer = await at.run(order);
  const input = (name: string): any => at.inputs[at.calls.indexOf(name)];
  return {
    ...at,
    ...answer,
    input,
    outcome: answer.output === undefined ? undefined : JSON.parse(answer.output).outcome,
  };
}

describe("placeOrder", () => {
  it("reserves, charges, issues the receipt and confirms", async () => {
    const { calls, status, outcome, inputs } = await place({ ProcessPayment: () => ({ transactionId: "t" }) });
    assert.deepEqual(calls, ["ReserveInventory", "ProcessPayment", "IssueReceipt", "ConfirmOrder"]);
    assert.deepEqual([status, outcome], ["SUCCEEDED", "COMPLETED"]);
    assert.deepEqual(inputs, [
      { orderId: "o-7", tenantId: "acme", correlationId: "c-7", items: order.items },
      { orderId: "o-7", tenantId: "acme", correlationId: "c-7", amountMinor: 5998, currency: "EUR" },
      { orderId: "o-7", tenantId: "acme", correlationId: "c-7" },
      { orderId: "o-7", tenantId: "acme", correlationId: "c-7", ...RECEIPT },
    ]);
  });

  it("fails an order that is out of stock after one attempt, with nothing to undo", async () => {
    const { calls, status, outcome, input } = await place({ ReserveInventory: says("OutOfStock", "Only 1 left.") });
    assert.deepEqual(calls, ["ReserveInventory", "CancelOrder", "FailOrder"]);
    assert.deepEqual([status, outcome], ["SUCCEEDED", "OUT_OF_STOCK"]);
    const { cause, ...rest } = input("CancelOrder");
    assert.deepEqual(rest, {
      orderId: "o-7",
      tenantId: "acme",
      correlationId: "c-7",
      step: "ReserveInventory",
      code: "OUT_OF_STOCK",
    });
    assert.deepEqual(JSON.parse(cause), { errorType: "OutOfStock", errorMessage: "Only 1 left.", trace: [] });
  });

  it("releases the stock of an order whose payment was declined, after one attempt", async () => {
    const { calls, status, outcome } = await place({ ProcessPayment: says("PaymentDeclined") });
    assert.deepEqual(calls, ["ReserveInventory", "ProcessPayment", "CancelOrder", "ReleaseInventory", "FailOrder"]);
    assert.deepEqual([status, outcome], ["SUCCEEDED", "PAYMENT_DECLINED"]);
  });

  const back = ["CancelOrder", "VoidReceipt", "RefundPayment", "ReleaseInventory", "FailOrder"];
  const faults: [string, FakeFunction][] = [
    ["breaks", fault],
    ["is throttled", throttled],
    ["never answers", never],
  ];
  for (const [what, ProcessPayment] of faults) {
    it(`undoes everything when the payment ${what}, twice: it may have been taken, by this run or another`, async () => {
      const { calls, status, outcome, input } = await place({ ProcessPayment });
      assert.deepEqual(calls, ["ReserveInventory", "ProcessPayment", "ProcessPayment", ...back]);
      assert.deepEqual([status, outcome], ["SUCCEEDED", "TECHNICAL_FAULT"]);
      const { step, code, cause } = input("CancelOrder");
      assert.deepEqual([step, code], ["ProcessPayment", "TECHNICAL_FAULT"]);
      assert.equal(typeof JSON.parse(cause).Error, "string");
    });
  }

  it("voids the receipt, refunds and releases when the receipt never answers: it may have been issued", async () => {
    const { calls, status, outcome } = await place({ IssueReceipt: never });
    assert.deepEqual(calls, ["ReserveInventory", "ProcessPayment", "IssueReceipt", "IssueReceipt", ...back]);
    assert.deepEqual([status, outcome], ["SUCCEEDED", "TECHNICAL_FAULT"]);
  });

  it("goes on when the second attempt comes through", async () => {
    const { calls, outcome } = await place({ ReserveInventory: (_, attempt) => (attempt === 1 ? fault() : null) });
    assert.deepEqual(calls, ["ReserveInventory", "ReserveInventory", "ProcessPayment", "IssueReceipt", "ConfirmOrder"]);
    assert.equal(outcome, "COMPLETED");
  });

  it("undoes nothing of an order that was confirmed though the answer was lost", async () => {
    const { calls, status, outcome } = await place({
      ConfirmOrder: never,
      CancelOrder: () => ({ outcome: "CONFIRMED" }),
    });
    const forward = ["ReserveInventory", "ProcessPayment", "IssueReceipt"];
    assert.deepEqual(calls, [...forward, "ConfirmOrder", "ConfirmOrder", "CancelOrder"]);
    assert.deepEqual([status, outcome], ["SUCCEEDED", "COMPLETED"]);
  });

  for (const refusing of ["ReserveInventory", "ProcessPayment", "IssueReceipt", "ConfirmOrder"]) {
    it(`undoes everything when ${refusing} finds the order cancelled: another run may have come further`, async () => {
      const { calls, status } = await place({ [refusing]: says("OrderCancelled") });
      assert.deepEqual(calls.slice(calls.indexOf(refusing) + 1), back);
      assert.equal(status, "SUCCEEDED");
    });
  }

  for (const failing of back) {
    it(`fails the execution when ${failing} keeps failing, so that the message comes again`, async () => {
      const { calls, status, error } = await place({ ConfirmOrder: fault, [failing]: fault });
      assert.deepEqual([status, error], ["FAILED", "TypeError"]);
      assert.deepEqual(calls.slice(-2), [failing, failing]);
    });
  }

  it("fails the execution, and undoes nothing, when the fence gives no verdict", async () => {
    const { calls, status, error } = await place({ ConfirmOrder: fault, CancelOrder: () => ({ outcome: "PERHAPS" }) });
    assert.deepEqual([status, error, calls.at(-1)], ["FAILED", "NoVerdict", "CancelOrder"]);
  });

  it("takes 59 of its 60 seconds at worst", () => {
    assert.deepEqual([worstCaseSeconds(document), document.TimeoutSeconds], [59, 60]);
  });

  it("calls nine functions, whose own time is within the task's", () => {
    const tasks = sagaTasks(placeOrder);
    assert.deepEqual(
      tasks.map(({ name, role }) => `${role} ${name}`),
      [
        "step ReserveInventory",
        "step ProcessPayment",
        "step IssueReceipt",
        "step ConfirmOrder",
        "fence CancelOrder",
        "undo VoidReceipt",
        "undo RefundPayment",
        "undo ReleaseInventory",
        "close FailOrder",
      ],
    );
    for (const { functionTimeoutSeconds, timeoutSeconds } of tasks) assert.ok(functionTimeoutSeconds < timeoutSeconds);
  });

  it("is valid Amazon States Language", () => {
    const { isValid, errorsText } = aslValidator(JSON.parse(JSON.stringify(document)), {
      checkArn: true,
      checkPaths: true,
    });
    assert.ok(isValid, errorsText("\n"));
  });

  it("renders to the document in placeOrder.asl.json (UPDATE_GOLDEN=1 writes it anew)", () => {
    const file = join(__dirname, "placeOrder.asl.json");
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
    assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(file, "utf8")));
  });
});
