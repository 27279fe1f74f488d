import assert from "node:assert/strict";
import { itemBytes } from "../../../local/dynamodb/itemSize";

describe("size of an item", () => {
  const cases: [string, Parameters<typeof itemBytes>[0], number][] = [
    ["names and texts are their UTF-8", { näme: { S: "grün" } }, 5 + 5],
    ["a number is a byte for two digits, and one more", { n: { N: "12345" } }, 1 + 4],
    ["zeros at either end of a number are free, a sign is not", { n: { N: "-1200.50" } }, 1 + 3 + 1 + 1],
    ["truth and nothing are a byte", { t: { BOOL: true }, n: { NULL: true } }, 2 + 2],
    ["a list is three bytes, and one for each element", { l: { L: [{ S: "ab" }, { S: "c" }] } }, 1 + 3 + 2 + 3],
    ["a map is three bytes, and one for each element", { m: { M: { key: { S: "value" } } } }, 1 + 3 + 1 + 3 + 5],
    ["bytes count as they are, not as they are written", { b: { B: "AAAA" } }, 1 + 3],
    ["a set is its values", { s: { SS: ["ab", "c"] }, n: { NS: ["1"] } }, 1 + 3 + 1 + 2],
  ];
  for (const [fact, item, bytes] of cases) it(fact, () => assert.equal(itemBytes(item), bytes));
});
