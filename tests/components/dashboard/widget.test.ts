import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describe, it } from "mocha";
import { layout, type Row, type Widget } from "../../../components/dashboard/widget";
import { misplaced } from "./dashboardSchema";

const widget: fc.Arbitrary<Widget> = fc.record({
  kind: fc.constant("text" as const),
  markdown: fc.constant("x"),
  width: fc.integer({ min: 1, max: 24 }),
  height: fc.integer({ min: 1, max: 12 }),
});
const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.record({ heading: fc.string(), widgets: fc.array(widget, { maxLength: 9 }) }),
);

describe("layout", () => {
  it("lays no widget on another and none beyond the edge, and loses none", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const placed = layout(given);
        assert.deepEqual(misplaced(placed), []);
        assert.equal(placed.length, given.length + given.flatMap(({ widgets }) => widgets).length);
      }),
    );
  });

  it("keeps the order of rows: everything of one is below everything of the one before", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const placed = layout(given);
        let from = 0;
        let bottom = 0;
        for (const { widgets } of given) {
          const row = placed.slice(from, (from += 1 + widgets.length));
          assert.ok(row.every(({ y }) => y >= bottom));
          bottom = Math.max(...row.map(({ y, height }) => y + height));
        }
      }),
    );
  });

  it("puts three widgets of eight columns on one line, and the fourth on the next", () => {
    const eight: Widget = { kind: "text", markdown: "x" };
    const places = layout([{ heading: "h", widgets: [eight, eight, eight, eight] }]).map(({ x, y }) => [x, y]);
    assert.deepEqual(places, [
      [0, 0],
      [0, 1],
      [8, 1],
      [16, 1],
      [0, 7],
    ]);
  });
});
