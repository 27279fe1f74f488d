import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { entityTag, isKnown } from "../../handlers/entityTag";

describe("entityTag", () => {
  it("is a strong tag in quotes", () => {
    assert.equal(entityTag(4), '"4"');
  });
});

describe("isKnown", () => {
  const known = (ifNoneMatch: string | undefined) => isKnown('"4"', ifNoneMatch);

  it("finds the tag alone, in a list, and as a weak one", () => {
    for (const header of ['"4"', 'W/"4"', '"1", "4"', '"1","4",', ' "1" ,, W/"4" ', 'W/"a,b", "4"']) {
      assert.equal(known(header), true, header);
    }
  });

  it("takes a star for any tag", () => {
    assert.equal(known("*"), true);
    assert.equal(known(" * "), true);
    assert.equal(known('"*"'), false);
  });

  it("does not find it among others, nor inside of one", () => {
    for (const header of [undefined, "", '"3"', '"44"', 'W/"3", "5"', '"4 "', "'4'", '", "']) {
      assert.equal(known(header), false, header);
    }
  });

  it("finds nothing in a header that cannot be read as a whole", () => {
    for (const header of ["4", '"4', '4"', 'w/"4"', '"4" "5"', '"4" junk', '*, "4"', `"${"4".repeat(5000)}`]) {
      assert.equal(known(header), false, header);
    }
  });
});
