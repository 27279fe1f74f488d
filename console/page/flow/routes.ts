import { SIZES, type DrawnArrow, type Layout, type PlacedBox } from "./layout";

/** A line on the picture: its path, and where its count stands. */
export interface Route {
  readonly arrow: DrawnArrow;
  readonly path: string;
  /** Its corners and ends. */
  readonly points: readonly Point[];
  readonly label: { readonly x: number; readonly y: number };
}

export interface Routes {
  readonly routes: readonly Route[];
  readonly height: number;
}

interface Ends {
  readonly arrow: DrawnArrow;
  readonly from: PlacedBox;
  readonly to: PlacedBox;
  readonly startY: number;
}

const RADIUS = 6;
/** Room for a count, right before the box that the line leads to. */
const COUNT_ROOM = 30;

/**
 * Lines with right angles. A line to the next column crosses the gap between; every other one takes a lane of its own
 * below all boxes.
 */
export function routesOf({ boxes, arrows }: Layout): Routes {
  const ends = arrows.flatMap((arrow) => endsOf(arrow, boxes));
  const bottom = Math.max(0, ...boxes.map(({ y, height }) => y + height));
  const entries = entriesOf(ends);
  const tracks = new Map<number, number>();
  const track = (column: number, x: number): number => {
    const used = tracks.get(column) ?? 0;
    tracks.set(column, used + 1);
    return x + 7 + (used % 4) * 5;
  };
  let lanes = 0;
  const routes = ends.map(({ arrow, from, to, startY }): Route => {
    const startX = from.x + from.width;
    const endX = to.x;
    const endY = entries.get(arrow.id) ?? to.y;
    const label = { x: endX - COUNT_ROOM / 2 - 5, y: endY };
    const out = track(from.column, startX);
    if (to.column === from.column + 1) {
      return routeOf(arrow, label, [
        [startX, startY],
        [out, startY],
        [out, endY],
        [endX - 5, endY],
      ]);
    }
    lanes += 1;
    const laneY = bottom + 8 + lanes * SIZES.lane;
    // On the other side of the gap, where the counts stand, lines that come from below go up behind them.
    const into = endX - COUNT_ROOM - 6 - (lanes % 3) * 4;
    const way: Point[] = [
      [startX, startY],
      [out, startY],
      [out, laneY],
      [into, laneY],
      [into, endY],
      [endX - 5, endY],
    ];
    return routeOf(arrow, label, way);
  });
  return { routes, height: bottom + 16 + (lanes + 1) * SIZES.lane };
}

function routeOf(arrow: DrawnArrow, label: Route["label"], points: readonly Point[]): Route {
  return { arrow, label, points, path: rounded(points) };
}

function endsOf(arrow: DrawnArrow, boxes: readonly PlacedBox[]): Ends[] {
  const boxWith = (id: string): PlacedBox | undefined =>
    boxes.find(({ rows }) => rows.some(({ part }) => part.id === id));
  const [from, to] = [boxWith(arrow.from), boxWith(arrow.to)];
  if (from === undefined || to === undefined) return [];
  const row = from.rows.find(({ part }) => part.id === arrow.from);
  return [{ arrow, from, to, startY: from.y + (row?.y ?? 0) }];
}

/** Where lines enter a box: at their part's row if they can, and never on top of each other. */
function entriesOf(ends: readonly Ends[]): Map<string, number> {
  const entries = new Map<string, number>();
  for (const box of new Set(ends.map(({ to }) => to))) {
    const own = ends
      .filter(({ to }) => to === box)
      .map(({ arrow, from }) => {
        const row = box.rows.find(({ part }) => part.id === arrow.to);
        return { id: arrow.id, wishY: box.y + (row?.y ?? 0), fromY: from.y };
      })
      .sort((a, b) => a.wishY - b.wishY || a.fromY - b.fromY);
    // As near to their wishes as the room allows: down first, then up from the bottom.
    const least = box.y + 10;
    const ys = own.map(({ wishY }) => wishY);
    for (let at = 0; at < ys.length; at++) {
      ys[at] = Math.max(ys[at] ?? 0, at === 0 ? least : (ys[at - 1] ?? 0) + SIZES.entry);
    }
    let most = box.y + box.height - 9;
    for (let at = ys.length - 1; at >= 0; at--) {
      ys[at] = Math.min(ys[at] ?? 0, most);
      most = (ys[at] ?? 0) - SIZES.entry;
    }
    own.forEach(({ id }, at) => entries.set(id, ys[at] ?? box.y));
  }
  return entries;
}

export type Point = readonly [x: number, y: number];

/** A path through points with rounded corners. */
export function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const parts = [`M${first[0]} ${first[1]}`];
  rest.forEach((point, at) => {
    const before = points[at] ?? point;
    const after = rest[at + 1];
    if (after === undefined) return parts.push(`L${point[0]} ${point[1]}`);
    const enter = towards(point, before);
    const leave = towards(point, after);
    return parts.push(`L${enter[0]} ${enter[1]}Q${point[0]} ${point[1]} ${leave[0]} ${leave[1]}`);
  });
  return parts.join("");
}

/** From a corner a little towards another point, but never past the middle. */
function towards(corner: Point, other: Point): Point {
  const [dx, dy] = [other[0] - corner[0], other[1] - corner[1]];
  const length = Math.hypot(dx, dy);
  const step = Math.min(RADIUS, length / 2);
  return length === 0 ? corner : [corner[0] + (dx / length) * step, corner[1] + (dy / length) * step];
}
