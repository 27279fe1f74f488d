/** A rectangle on paper, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The colours. Red is for alarms alone, unless the dashboard itself asks for it. */
export const ink = {
  paper: "#f2f4f7",
  card: "#ffffff",
  edge: "#dde2ea",
  title: "#16191f",
  body: "#414d5c",
  quiet: "#687078",
  grid: "#eceff3",
  base: "#c3c9d1",
  alarm: "#d13212",
  good: "#1d8102",
  unknown: "#879596",
  lines: [
    ...["#2074d5", "#e8833a", "#31a354", "#8456c8", "#17a2b8", "#c2498f", "#8c6d31", "#5b6b7d", "#7fb800"],
    ...["#a55194", "#3a9c8f", "#d4a017", "#6b8fd6", "#ad6b4a", "#4f9d4f", "#9d7fd1", "#5aa7c4", "#b8607f", "#7d8f3c"],
  ],
} as const;

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
}

/** A place to a tenth of a pixel, which no eye can tell from more. */
export function num(value: number): number {
  return Math.round(value * 10) / 10;
}

export function text(words: string, { x, y }: Point, { size, fill, weight, anchor = "start" }: TextStyle): string {
  if (words === "") return "";
  const place = `x="${num(x)}" y="${num(y)}" font-size="${size}" fill="${fill}"`;
  const bold = weight === undefined ? "" : ` font-weight="${weight}"`;
  const side = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text ${place}${bold}${side}>${escaped(words)}</text>`;
}

export function line(
  a: Point,
  b: Point,
  { stroke, dash }: { readonly stroke: string; readonly dash?: string },
): string {
  const dashes = dash === undefined ? "" : ` stroke-dasharray="${dash}"`;
  return `<path d="M${num(a.x)} ${num(a.y)}L${num(b.x)} ${num(b.y)}" stroke="${stroke}"${dashes}/>`;
}

/** Runs of places, each joined by a line; a place alone is a dot. */
export function lines(runs: readonly (readonly (readonly [number, number])[])[], stroke: string): string {
  const paths = runs
    .filter((run) => run.length > 1)
    .map((run) => `M${run.map(([x, y]) => `${num(x)} ${num(y)}`).join("L")}`);
  const dots = runs
    .filter((run) => run.length === 1)
    .map(([place]) => `<circle cx="${num(place?.[0] ?? 0)}" cy="${num(place?.[1] ?? 0)}" r="2" fill="${stroke}"/>`);
  const path =
    paths.length === 0
      ? ""
      : `<path d="${paths.join("")}" fill="none" stroke="${stroke}" stroke-width="1.6" stroke-linejoin="round"/>`;
  return path + dots.join("");
}

export function rectangle({ x, y, width, height }: Box, { fill, stroke }: { fill: string; stroke?: string }): string {
  const edge = stroke === undefined ? "" : ` stroke="${stroke}"`;
  return `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="6" fill="${fill}"${edge}/>`;
}

/** About how wide words come out; the reader's own font decides. */
export function widthOf(words: string, size: number): number {
  return words.length * size * 0.54;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
