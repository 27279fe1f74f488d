import assert from "node:assert/strict";
import { layoutOf } from "../../console/page/flow/layout";
import { routesOf } from "../../console/page/flow/routes";
import type { Graph } from "../../console/protocol";

const part = (id: string, box: string) => ({ id, box, title: id, kind: "function" as const });
const arrow = (from: string, to: string, way: "flow" | "access" = "flow") => ({
  id: `${from}>${to}`,
  from,
  to,
  way,
  says: "",
});

/** A shop in small: the saga reads and writes the table that set everything going. */
const GRAPH: Graph = {
  boxes: ["orders", "saga", "api", "alone"],
  parts: [
    part("table", "orders"),
    part("machine", "saga"),
    part("task", "saga"),
    part("create", "api"),
    part("bell", "alone"),
  ],
  arrows: [
    arrow("create", "table", "access"),
    arrow("table", "machine"),
    arrow("machine", "task"),
    arrow("machine", "table", "access"),
    arrow("task", "table", "access"),
  ],
};

describe("the layout of the flow", () => {
  const layout = layoutOf(GRAPH, 1_200);
  const boxOf = (name: string) => layout.boxes.find((box) => box.name === name)!;

  it("puts each component to the right of what leads to it, and lets what leads back lead back", () => {
    assert.deepEqual(
      ["api", "orders", "saga"].map((name) => boxOf(name).column),
      [0, 1, 2],
    );
  });

  it("puts what is set to work below what sets it, indented", () => {
    assert.deepEqual(
      boxOf("saga").rows.map(({ part: { id }, depth }) => [id, depth]),
      [
        ["machine", 0],
        ["task", 1],
      ],
    );
  });

  it("draws access by a component to a part once, and nothing within a box", () => {
    assert.deepEqual(
      layout.arrows.map(({ id, arrows }) => [id, arrows.length]),
      [
        ["api>table", 1],
        ["table>machine", 1],
        ["saga>table", 2],
      ],
    );
  });

  it("never lets boxes of a column overlap", () => {
    for (const a of layout.boxes) {
      for (const b of layout.boxes) {
        if (a === b || a.column !== b.column) continue;
        assert.ok(a.y + a.height <= b.y || b.y + b.height <= a.y, `${a.name} and ${b.name}`);
      }
    }
  });

  it("leads every line to a place of its own at the box's edge", () => {
    const { routes, height } = routesOf(layout);
    const ends = routes.map(({ label }) => `${label.x} ${label.y}`);
    assert.equal(new Set(ends).size, ends.length);
    assert.ok(layout.boxes.every((box) => box.y + box.height <= height));
  });
});
