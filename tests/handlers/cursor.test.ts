import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { cursorOf, placeOf } from "../../handlers/cursor";

const texts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 });

describe("a cursor", () => {
  it("leads back to its place in its list, whatever the texts", () => {
    fc.assert(
      fc.property(texts, texts, (list, place) => {
        const cursor = cursorOf(list, place);
        assert.match(cursor, /^[A-Za-z0-9_-]+$/);
        assert.deepEqual(placeOf(list, cursor), place);
      }),
    );
  });

  it("is none of any other list", () => {
    fc.assert(
      fc.property(texts, texts, texts, (list, other, place) => {
        fc.pre(JSON.stringify(list) !== JSON.stringify(other));
        assert.equal(placeOf(other, cursorOf(list, place)), undefined);
      }),
    );
  });

  it("tells lists apart whose names are the same when they are run together", () => {
    assert.equal(placeOf(["orders", "a", "bc"], cursorOf(["orders", "ab", "c"], ["x"])), undefined);
  });

  it("is not found in any other text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(encoded)), (text) => {
        assert.equal(placeOf(["orders", "acme"], text), undefined);
      }),
    );
  });

  it("is read only as the very text that its place would be given", () => {
    const cursor = cursorOf(["orders"], ["2026-11-20T10:00:00.000Z", "order-1"]);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(character !== cursor[at]);
        const changed = cursor.slice(0, at) + character + cursor.slice(at + 1);
        // The place may have changed as well, but then it is still a place, and in the same list.
        const place = placeOf(["orders"], changed);
        assert.ok(place === undefined || cursorOf(["orders"], place) === changed);
      }),
    );
    for (const changed of [`${cursor}=`, ` ${cursor}`, `${cursor}\n`, cursor.slice(0, -1), `${cursor}AAAA`]) {
      assert.equal(placeOf(["orders"], changed), undefined, changed);
    }
  });
});

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}
