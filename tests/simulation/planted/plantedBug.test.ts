import assert from "node:assert/strict";
import { NotPlantable, sabotaged, type PlantedBug } from "../../../simulation/planted/plantedBug";

const BUG: PlantedBug = {
  id: "nothing-is-ever-sold",
  file: "shop.ts",
  find: "stock > 0",
  replace: "stock > $&",
  promise: "stock",
};

describe("a planted bug", () => {
  it("replaces its text, letter by letter", () => {
    assert.equal(sabotaged("if (stock > 0) sell();", BUG), "if (stock > $&) sell();");
  });

  it("does not fit where its text is absent, or is there twice", () => {
    for (const [text, times] of [
      ["if (stock) sell();", 0],
      ["stock > 0 && stock > 0", 2],
    ] as const) {
      assert.throws(
        () => sabotaged(text, BUG),
        (error) =>
          error instanceof NotPlantable &&
          error.message === `nothing-is-ever-sold: shop.ts has the text ${times} times, not once: stock > 0`,
      );
    }
  });
});
