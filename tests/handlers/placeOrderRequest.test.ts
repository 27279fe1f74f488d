import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readPlaceOrder } from "../../handlers/placeOrderRequest";

const item = { productId: "PROD-001", qty: 1 };

function read(body: unknown, contentType: string | undefined = "application/json"): any {
  const headers: Record<string, string> = contentType === "" ? {} : { "content-type": contentType };
  return readPlaceOrder({ headers, body: typeof body === "string" ? body : JSON.stringify(body) }, "EUR");
}

function pointers(body: unknown): string[] {
  const { problem } = read(body);
  assert.equal(problem?.status, 400);
  return problem.errors.map(({ pointer }: { pointer: string }) => pointer);
}

describe("readPlaceOrder", () => {
  it("reads JSON under every media type that is JSON", () => {
    for (const type of ["application/json", "Application/JSON; charset=utf-8", "application/vnd.acme.order+json"]) {
      assert.deepEqual(read({ userId: "u", items: [item] }, type), { userId: "u", items: [item] }, type);
    }
  });

  it("refuses other media types", () => {
    for (const type of ["", "text/plain", "application/jsonp", "application/x-www-form-urlencoded"]) {
      assert.equal(read({ userId: "u", items: [item] }, type).problem?.status, 415, type);
    }
  });

  it("lists everything that is wrong, each place once", () => {
    const body = { items: [{ productId: 7, qty: 0 }, null], totalAmount: "1", price: 1 };
    assert.deepEqual(pointers(body).sort(), [
      "/items/0/productId",
      "/items/0/qty",
      "/items/1",
      "/price",
      "/totalAmount",
      "/userId",
    ]);
  });

  it("refuses what is no order at all", () => {
    for (const body of ["", "{", "null", "[]", "7", '"order"']) assert.deepEqual(pointers(body), [""], body);
    assert.deepEqual(pointers({ userId: "u", items: [] }), ["/items"]);
    assert.deepEqual(
      pointers({ userId: "u", items: Array.from({ length: 51 }, (_, n) => ({ ...item, productId: `${n}` })) }),
      ["/items"],
    );
    assert.deepEqual(pointers('{"userId":"u","items":[{"productId":"A","qty":1}],"__proto__":{}}'), ["/__proto__"]);
  });

  it("refuses quantities that nobody can ship", () => {
    for (const qty of [0, -1, 1.5, 1001, 1e9, "2", null]) {
      assert.deepEqual(pointers({ userId: "u", items: [{ ...item, qty }] }), ["/items/0/qty"], String(qty));
    }
  });

  it("refuses a product that stands on two lines", () => {
    assert.deepEqual(pointers({ userId: "u", items: [item, { ...item, productId: "B" }, item] }), [
      "/items/2/productId",
    ]);
  });

  it("refuses a total with more decimals than the currency has", () => {
    assert.deepEqual(pointers({ userId: "u", items: [item], totalAmount: 1.005 }), ["/totalAmount"]);
  });
});
