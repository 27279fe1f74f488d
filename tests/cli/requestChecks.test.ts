import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { PLACE_ORDER_CHECK, placeOrderCheck } from "../../cli/requestChecks";

describe("the code that checks requests", () => {
  it("is fresh (npm run request-checks)", () => {
    assert.equal(readFileSync(PLACE_ORDER_CHECK, "utf8"), placeOrderCheck());
  });
});
