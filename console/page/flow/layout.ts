import type { Arrow, Graph, Part } from "../../protocol";

/** Sizes of the picture, in pixels. */
export const SIZES = { head: 26, row: 23, foot: 6, gapY: 16, lane: 11, entry: 17 } as const;

export interface PlacedRow {
  readonly part: Part;
  /** How deep it hangs under others of its box. */
  readonly depth: number;
  /** Middle of the row. */
  readonly y: number;
}

export interface PlacedBox {
  readonly name: string;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly PlacedRow[];
}

/** One line of the picture: an arrow, or all arrows by which one component reaches a part. */
export interface DrawnArrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly way: Arrow["way"];
  readonly arrows: readonly Arrow[];
}

export interface Layout {
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly DrawnArrow[];
  readonly columns: number;
}

/** Places components in columns along the flow, and their parts in rows. Widths follow from the room there is. */
export function layoutOf(graph: Graph, room: number): Layout {
  const arrows = drawnArrows(graph);
  const boxOf = new Map(graph.parts.map(({ id, box }) => [id, box]));
  const links = arrows.map(({ from, to, way }) => ({ from: boxOf.get(from) ?? "", to: boxOf.get(to) ?? "", way }));
  const column = columnsOf(graph.boxes, links);
  const columns = Math.max(0, ...column.values()) + 1;
  const gap = Math.max(52, Math.min(84, room * 0.05));
  const width = Math.floor((room - (columns - 1) * gap) / columns);
  const placed = graph.boxes.map((name) => {
    const rows = rowsOf(graph, name);
    const entries = arrows.filter(({ to }) => boxOf.get(to) === name).length;
    const height = Math.max(SIZES.head + rows.length * SIZES.row + SIZES.foot, 12 + entries * SIZES.entry);
    return { name, column: column.get(name) ?? 0, rows, height };
  });
  const boxes = Array.from({ length: columns }, (_, at) => {
    const own = ordered(
      placed.filter((box) => box.column === at),
      links,
      column,
    );
    return stacked(own, at * (width + gap), width);
  }).flat();
  const tallest = Math.max(0, ...boxes.map(({ y, height }) => y + height));
  return { boxes: boxes.map((box) => centred(box, boxes, tallest)), arrows, columns };
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly way: Arrow["way"];
}

/** Access from one component to one part is one line, however many functions reach it. */
function drawnArrows({ parts, arrows }: Graph): DrawnArrow[] {
  const boxOf = new Map(parts.map(({ id, box }) => [id, box]));
  const lines = new Map<string, DrawnArrow>();
  for (const arrow of arrows) {
    const [fromBox = "", toBox] = [boxOf.get(arrow.from), boxOf.get(arrow.to)];
    if (fromBox === toBox) continue;
    const id = arrow.way === "access" ? `${fromBox}>${arrow.to}` : arrow.id;
    const line = lines.get(id);
    lines.set(id, {
      id,
      from: line?.from ?? arrow.from,
      to: arrow.to,
      way: arrow.way,
      arrows: [...(line?.arrows ?? []), arrow],
    });
  }
  return [...lines.values()];
}

/**
 * A component stands one column to the right of the last one that sets it to work, or that it is read or written by.
 * Arrows that would lead back to a component on the way are left out of that count.
 */
function columnsOf(boxes: readonly string[], links: readonly Link[]): Map<string, number> {
  const next = new Map<string, Set<string>>();
  const isReachable = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(next.get(from) ?? [])].some((box) => isReachable(box, to, seen));
  };
  // What sets to work counts before what is merely read.
  for (const way of ["flow", "access", "failure"] as const) {
    for (const { from, to, way: own } of links) {
      if (own !== way || isReachable(to, from)) continue;
      next.set(from, (next.get(from) ?? new Set()).add(to));
    }
  }
  const column = new Map<string, number>();
  const depth = (box: string): number => {
    const known = column.get(box);
    if (known !== undefined) return known;
    const before = boxes.filter((other) => next.get(other)?.has(box) === true);
    const value = before.length === 0 ? 0 : Math.max(...before.map(depth)) + 1;
    column.set(box, value);
    return value;
  };
  boxes.forEach(depth);
  // A component with nothing before it stands next to what it sets to work.
  for (const box of boxes) {
    const after = [...(next.get(box) ?? [])].map((other) => column.get(other) ?? 0);
    const first = boxes.every((other) => next.get(other)?.has(box) !== true);
    if (first && after.length > 0) column.set(box, Math.max(0, Math.min(...after) - 1));
  }
  return column;
}

/** The parts of a box: what sets others to work first, and below it, indented, what it sets to work. */
function rowsOf({ parts, arrows }: Graph, box: string): PlacedRow[] {
  const own = parts.filter((part) => part.box === box);
  const ids = new Set(own.map(({ id }) => id));
  const inner = arrows.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const rows: { part: Part; depth: number }[] = [];
  const seen = new Set<string>();
  const visit = (part: Part, depth: number): void => {
    if (seen.has(part.id)) return;
    seen.add(part.id);
    rows.push({ part, depth });
    for (const way of ["flow", "access", "failure"] as const) {
      for (const { to } of inner.filter((arrow) => arrow.from === part.id && arrow.way === way)) {
        const child = own.find(({ id }) => id === to);
        if (child !== undefined) visit(child, depth + 1);
      }
    }
  };
  for (const part of own) if (!inner.some(({ to }) => to === part.id)) visit(part, 0);
  for (const part of own) visit(part, 0);
  return rows.map((row, at) => ({ ...row, y: SIZES.head + at * SIZES.row + SIZES.row / 2 }));
}

type Sized = Omit<PlacedBox, "x" | "y" | "width">;

/** Near what leads to them; those that nothing connects come last. */
function ordered(own: readonly Sized[], links: readonly Link[], column: ReadonlyMap<string, number>): Sized[] {
  const weight = ({ name, rows }: Sized): number => {
    const linked = links.some(({ from, to }) => from === name || to === name);
    if (!linked) return 1_000;
    const flows = links.filter(({ to, way }) => to === name && way === "flow").length;
    const leads = links.filter(({ from, way }) => from === name && way === "flow").length;
    const beyond = links.some(({ from, to }) => from === name && (column.get(to) ?? 0) > (column.get(name) ?? 0));
    return -10 * leads - 5 * flows - (beyond ? 3 : 0) - rows.length / 10;
  };
  return [...own].sort((a, b) => weight(a) - weight(b));
}

function stacked(own: readonly Sized[], x: number, width: number): PlacedBox[] {
  let y = 0;
  return own.map((box) => {
    const placed = { ...box, x, y, width };
    y += box.height + SIZES.gapY;
    return placed;
  });
}

function centred(box: PlacedBox, all: readonly PlacedBox[], tallest: number): PlacedBox {
  const own = Math.max(...all.filter(({ column }) => column === box.column).map(({ y, height }) => y + height));
  return { ...box, y: box.y + Math.round((tallest - own) / 2) };
}
