import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import { eventsOf } from "../../contracts/eventsOf";
import { orderRecord } from "../../contracts/orderRecord";
import { readOrderRecord } from "../../contracts/orderShape";
import { orderAccepted, orderView } from "../../contracts/orderView";
import * as schemas from "../../contracts/schemas";
import { anOrder, outOfStock, refunded } from "./anOrder";

/** As API Gateway reads them: JSON Schema draft 4, and no keyword that it does not know. */
const ajv = new Ajv({ strict: true, strictTypes: false });
const bare = (schema: object): object => JSON.parse(JSON.stringify(schema)) as object;

function assertFits(schema: object, value: unknown): void {
  const check = ajv.compile(bare(schema));
  assert.ok(check(value), ajv.errorsText(check.errors));
}

const failed = anOrder({
  stage: "FAILED",
  status: "FAILED",
  failure: outOfStock,
  payment: refunded,
  customerEmail: "a@b.c",
});

describe("schemas", () => {
  it("fit the answers of the API", () => {
    assertFits(schemas.OrderAccepted, orderAccepted(anOrder()));
    assertFits(schemas.OrderView, orderView(anOrder()));
    assertFits(schemas.OrderView, orderView(failed));
    assertFits(schemas.OrderView, orderView(anOrder({ receiptKey: "receipts/2026/11/order-1.json" })));
  });

  it("fit the detail of OrderCreated, which places the order", () => {
    assertFits(schemas.OrderToPlaceBody, eventsOf({ after: anOrder() })[0]?.detail);
  });

  it("say what a request may hold", () => {
    const check = ajv.compile(bare(schemas.PlaceOrderBody));
    const item = { productId: "PROD-001", qty: 1 };
    assert.ok(check({ userId: "u", items: [item], totalAmount: 1.5, customerEmail: "a@b.c" }));
    for (const qty of [0, 1.5, 1001, "2"]) assert.ok(!check({ userId: "u", items: [{ ...item, qty }] }), `qty ${qty}`);
    assert.ok(check({ userId: "u", items: [{ ...item, price: 1 }], price: 1 }));
    for (const rest of [{ items: [] }, { totalAmount: -1 }, { customerEmail: "nobody" }, { userId: "" }]) {
      assert.ok(!check({ userId: "u", items: [item], ...rest }), JSON.stringify(rest));
    }
  });
});

describe("orderView", () => {
  it("shows decimals and nothing of the inside", () => {
    const view = orderView(failed);
    assert.deepEqual(view.payment, { status: "REFUNDED", amount: 109.97 });
    assert.deepEqual(view.items[0], {
      productId: "PROD-001",
      name: "Wireless Mouse",
      qty: 2,
      unitPrice: 29.99,
      lineTotal: 59.98,
    });
    for (const inside of ["tenantId", "bodyHash", "correlationId", "reserved", "userKey", "statusKey"]) {
      assert.ok(!(inside in view), inside);
    }
  });

  it("answers a replay as PENDING, whatever became of the order", () => {
    assert.deepEqual(orderAccepted(failed), orderAccepted(anOrder()));
  });
});

describe("orderRecord", () => {
  it("carries the keys of the indexes behind the tenant, and gives the order back without them", () => {
    const record = orderRecord(failed);
    assert.deepEqual([record.userKey, record.statusKey], ["acme#user-1", "acme#FAILED"]);
    assert.deepEqual(readOrderRecord({ ...record }), failed);
  });

  it("is no order when something is missing or unknown", () => {
    const { stage: _, ...stageless } = orderRecord(failed);
    assert.throws(() => readOrderRecord(stageless), /The item order-1 is not an order/);
    assert.throws(() => readOrderRecord({ ...orderRecord(failed), stage: "LOST" }), /is not an order/);
  });
});
