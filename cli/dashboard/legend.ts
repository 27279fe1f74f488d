import { ink, rectangle, text, widthOf, type Box } from "./ink";

/** What a line is called, and its colour. */
interface Entry {
  readonly label: string;
  readonly colour: string;
}

/** What the names of a graph's lines take of its box, and how they are drawn beside the plot. */
export interface Legend {
  readonly width: number;
  readonly height: number;
  draw(plot: Box): string;
}

const SIZE = 10.5;
const ROW = 16;
const SWATCH = 14;
const GAP = 14;
const PADDING = 12;

/** A legend below the plot, in as many rows as it needs, or to its right, one name a row. */
export function legendOf(entries: readonly Entry[], position: "bottom" | "right" | "hidden", box: Box): Legend {
  if (position === "hidden") return { width: 0, height: 4, draw: () => "" };
  return position === "right" ? atTheRight(entries) : below(entries, box);
}

function atTheRight(entries: readonly Entry[]): Legend {
  const width = Math.max(...entries.map(({ label }) => widthOf(label, SIZE))) + SWATCH + PADDING;
  const draw = ({ x, y, width: plotWidth }: Box): string =>
    entries.map((entry, row) => named(entry, { x: x + plotWidth + PADDING, y: y + row * ROW * 0.9 })).join("");
  return { width, height: 6, draw };
}

function below(entries: readonly Entry[], box: Box): Legend {
  const places: { readonly entry: Entry; readonly x: number; readonly row: number }[] = [];
  let [x, row] = [0, 0];
  for (const entry of entries) {
    const width = SWATCH + widthOf(entry.label, SIZE) + GAP;
    if (x > 0 && x + width > box.width - 2 * PADDING) [x, row] = [0, row + 1];
    places.push({ entry, x, row });
    x += width;
  }
  const draw = ({ y, height }: Box): string =>
    places
      .map(({ entry, ...at }) => named(entry, { x: box.x + PADDING + at.x, y: y + height + 24 + at.row * ROW }))
      .join("");
  return { width: 0, height: (row + 1) * ROW + 8, draw };
}

function named({ label, colour }: Entry, { x, y }: { readonly x: number; readonly y: number }): string {
  const swatch = rectangle({ x, y: y + 1, width: 9, height: 9 }, { fill: colour });
  return swatch + text(label, { x: x + SWATCH, y: y + 9.5 }, { size: SIZE, fill: ink.body });
}
