import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describe, it } from "mocha";
import { PlaceOrderBody } from "../../contracts/schemas";
import { hashOf } from "../../handlers/canonicalJson";
import { readPlaceOrder } from "../../handlers/placeOrderRequest";

const item = { productId: "PROD-001", qty: 1 };

function read(body: unknown, contentType: string | undefined = "application/json"): any {
  const headers: Record<string, string> = contentType === "" ? {} : { "content-type": contentType };
  return readPlaceOrder({ headers, body: typeof body === "string" ? body : JSON.stringify(body) });
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
      "/totalAmount",
      "/userId",
    ]);
  });

  it("says of each place what was expected there", () => {
    const body = {
      ...{ userId: "", customerEmail: "nobody", totalAmount: -1 },
      items: [{ productId: "A".repeat(65), qty: 0 }, { productId: "B", qty: 1001 }, { productId: 1, qty: 1.5 }, {}],
    };
    const found = new Map(read(body).problem.errors.map(({ pointer, detail }: any) => [pointer, detail]));
    assert.deepEqual(Object.fromEntries(found), {
      "/userId": "Expected a length of at least 1",
      "/items/0/productId": "Expected a length of at most 64",
      "/items/0/qty": "Expected at least 1",
      "/items/1/qty": "Expected at most 1000",
      "/items/2/productId": "Expected string",
      "/items/2/qty": "Expected integer",
      "/items/3/productId": "Expected required property",
      "/items/3/qty": "Expected required property",
      "/totalAmount": "Expected at least 0",
      "/customerEmail": "Expected text that matches ^[^@\\s]+@[^@\\s]+$",
    });
    const [none] = read({ userId: "u", items: [] }).problem.errors;
    assert.equal(none.detail, "Expected a length of at least 1");
  });

  it("lists a hundred of a million mistakes", () => {
    const found = read(`{"userId":"u","items":[${"{},".repeat(1_000_000)}{}]}`).problem.errors;
    assert.equal(found.length, 100);
    assert.deepEqual(found[0], { pointer: "/items", detail: "Expected a length of at most 50" });
  });

  it("refuses what is no order at all", () => {
    for (const body of ["", "{", "null", "[]", "7", '"order"']) assert.deepEqual(pointers(body), [""], body);
    assert.deepEqual(pointers({ userId: "u", items: [] }), ["/items"]);
    assert.deepEqual(
      pointers({ userId: "u", items: Array.from({ length: 51 }, (_, n) => ({ ...item, productId: `${n}` })) }),
      ["/items"],
    );
  });

  it("counts the characters of a text, not halves of them", () => {
    const order = { userId: "😀".repeat(128), items: [{ productId: "😀".repeat(64), qty: 1 }] };
    assert.deepEqual(read(order), order);
    const long = { userId: `${order.userId}x`, items: [{ productId: `${"😀".repeat(64)}x`, qty: 1 }] };
    assert.deepEqual(pointers(long), ["/userId", "/items/0/productId"]);
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

  it("answers every field of the schema, and no other", () => {
    const body = { userId: "u", items: [item], totalAmount: 1.5, customerEmail: "a@b.c" };
    assert.deepEqual(Object.keys(body), Object.keys(PlaceOrderBody.properties));
    assert.deepEqual(read(body), body);
    const more = { price: 1, amountMinor: 1, status: "CONFIRMED", items: [{ ...item, unitPrice: 0.01, name: "Gift" }] };
    assert.deepEqual(read({ ...body, ...more }), body);
  });

  it("is not led astray by the names of JavaScript", () => {
    const body = `{"userId":"u","__proto__":{"userId":"v","totalAmount":1},"constructor":{"prototype":{}},
      "toString":1,"hasOwnProperty":1,"items":[{"productId":"A","qty":1,"__proto__":{"qty":5}}]}`;
    const order = read(body);
    assert.deepEqual(order, { userId: "u", items: [{ productId: "A", qty: 1 }] });
    assert.deepEqual([Object.getPrototypeOf(order), ({} as any).totalAmount], [Object.prototype, undefined]);
    assert.deepEqual(pointers('{"__proto__":{"userId":"u"},"items":[{"productId":"A","qty":1}]}'), ["/userId"]);
    assert.equal(read({ userId: "u", items: [{ productId: "__proto__", qty: 1 }] }).items[0].productId, "__proto__");
  });

  it("takes the last of a field that comes twice", () => {
    const body = '{"userId":"a","userId":"b","items":[{"productId":"A","qty":9000,"qty":2}]}';
    assert.deepEqual(read(body), { userId: "b", items: [{ productId: "A", qty: 2 }] });
  });

  it("stands any depth, where it looks and where it does not", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    assert.deepEqual(read(`{"userId":"u","items":[{"productId":"A","qty":1}],"more":${deep}}`).userId, "u");
    assert.deepEqual(pointers(deep).includes(""), true);
    assert.deepEqual(pointers(`{"userId":${deep},"items":[{"productId":"A","qty":1}]}`), ["/userId"]);
    assert.deepEqual(pointers(`{"userId":"u","items":[{"productId":"A","qty":${deep}}]}`), ["/items/0/qty"]);
  });

  it("refuses numbers that are none or that nobody can count", () => {
    for (const number of ["1e400", "-1e400", "1e309", "9007199254740993", "-1", "NaN", "0x1"]) {
      const qty = read(`{"userId":"u","items":[{"productId":"A","qty":${number}}]}`);
      assert.equal(qty.problem?.status, 400, number);
    }
    for (const totalAmount of ["1e400", "-1e400", "-0.01", "null", '"1"', "Infinity"]) {
      const total = read(`{"userId":"u","items":[{"productId":"A","qty":1}],"totalAmount":${totalAmount}}`);
      assert.equal(total.problem?.status, 400, totalAmount);
    }
  });

  it("takes a number for what it is, however it is written", () => {
    const orders = ["2", "2.0", "2e0", "0.2e1", "200E-2"].map((qty) =>
      read(`{"userId":"u","items":[{"productId":"A","qty":${qty}}]}`),
    );
    for (const order of orders) assert.equal(hashOf(order), hashOf(orders[0]));
  });

  it("refuses control characters and halves of characters, and takes every whole one", () => {
    for (const odd of ["\u0000", "a\u0000b", "\n", "\u007f", "\u0085", "\ud83d", "\ude00\ud83d", "a\udfff"]) {
      const text = JSON.stringify(odd);
      assert.deepEqual(pointers(`{"userId":${text},"items":[{"productId":"A","qty":1}]}`), ["/userId"], text);
      assert.deepEqual(
        pointers(`{"userId":"u","items":[{"productId":${text},"qty":1}]}`),
        ["/items/0/productId"],
        text,
      );
    }
    assert.deepEqual(pointers({ userId: "u", items: [item], customerEmail: "a\u0000@b.c" }), ["/customerEmail"]);
    for (const userId of ["Zoë", "山田", "👩‍👩‍👧", "a b", "\u2028", "\ufffd"]) {
      assert.equal(read({ userId, items: [item] }).userId, userId);
    }
  });

  it("answers any text with an order of its known fields or with a refusal, and never throws", () => {
    const known = new Set(Object.keys(PlaceOrderBody.properties));
    const field = fc.oneof(fc.constantFrom(...known, "price", "__proto__"), fc.string());
    const line = fc.dictionary(fc.constantFrom("productId", "qty", "price"), fc.oneof(fc.string(), fc.integer()));
    const body = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.array(line)));
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      body.map((value) => JSON.stringify(value)),
    );
    const property = fc.property(text, (given) => {
      const answer = read(given);
      if ("problem" in answer) return assert.equal(answer.problem.status, 400);
      assert.ok(Object.keys(answer).every((key) => known.has(key)));
      for (const each of answer.items) assert.deepEqual(Object.keys(each), ["productId", "qty"]);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
