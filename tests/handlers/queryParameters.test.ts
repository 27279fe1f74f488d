import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { OPERATIONS } from "../../contracts/operations";
import { invalidQuery, readQuery } from "../../handlers/queryParameters";

const read = (query: Record<string, string>, repeatedQuery?: string[]) =>
  readQuery({ query, ...(repeatedQuery && { repeatedQuery }) }, OPERATIONS.listOrders);

const mistakes = (query: Record<string, string>, repeatedQuery?: string[]) =>
  Object.fromEntries(read(query, repeatedQuery).violations.map(({ pointer, detail }) => [pointer, detail]));

describe("readQuery", () => {
  it("answers what is as the operation declares it", () => {
    const query = { userId: "u", status: "FAILED", limit: "100", cursor: "abc" };
    const { values, violations } = read(query);
    assert.deepEqual([Object.fromEntries(values), violations], [query, []]);
  });

  it("takes whole numbers within their bounds only, in plain digits", () => {
    for (const limit of ["1", "20", "100"]) assert.deepEqual(mistakes({ limit }), {});
    for (const limit of ["0", "101", "-1", "+1", "1.0", "1e1", "01", "0x10", " 1", "", "ten", "9".repeat(400)]) {
      assert.deepEqual(mistakes({ limit }), { "/query/limit": "Expected a whole number from 1 to 100" }, limit);
    }
  });

  it("takes the words and the lengths that it was told", () => {
    const expected = { "/query/status": "Expected one of PENDING, CONFIRMED, FAILED" };
    for (const status of ["pending", "", "ALL"]) assert.deepEqual(mistakes({ status }), expected);
    for (const userId of ["", "x".repeat(129), "😀".repeat(129)]) {
      assert.deepEqual(mistakes({ userId }), { "/query/userId": "Expected 1 to 128 characters" });
    }
    for (const character of ["x", "😀"]) assert.deepEqual(mistakes({ userId: character.repeat(128) }), {});
  });

  it("refuses a parameter that it does not know, and names those that it does", () => {
    const detail = "Expected no other parameter than userId, status, limit, cursor";
    assert.deepEqual(mistakes({ userid: "u" }), { "/query/userid": detail });
    assert.deepEqual(mistakes({ "a/b~c": "1", toString: "1" }), {
      "/query/a~1b~0c": detail,
      "/query/toString": detail,
    });
  });

  it("knows no header and no part of the path as a parameter of the query", () => {
    assert.deepEqual(Object.keys(mistakes({ "X-Correlation-Id": "c" })), ["/query/X-Correlation-Id"]);
  });

  it("refuses a parameter that came twice, and gives none of its values", () => {
    assert.deepEqual(mistakes({ limit: "2" }, ["limit"]), { "/query/limit": "Expected one value" });
    assert.equal(read({ limit: "2" }, ["limit"]).values.size, 0);
  });
});

describe("invalidQuery", () => {
  it("lists a hundred mistakes at most", () => {
    const violations = Array.from({ length: 150 }, (_, n) => ({ pointer: `/query/${n}`, detail: "No" }));
    const { detail, errors } = invalidQuery(violations).problem;
    assert.deepEqual([detail, errors?.length], ["The query has 150 mistake(s), listed in errors.", 100]);
  });
});
