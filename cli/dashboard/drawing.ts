import type { State } from "../alarms/stackAlarm";
import { chart } from "./chart";
import { ink, rectangle, text, widthOf, type Box } from "./ink";
import type { Panel, Span } from "./panels";

/** A dashboard at one time. */
export interface Drawn {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** By name in the account. */
  readonly alarmStates: ReadonlyMap<string, State>;
  readonly span: Span;
}

const WIDTH = 1560;
const MARGIN = 20;
const HEAD = 58;
const ROW = 38;
const GAP = 10;
const COLUMNS = 24;

/** A dashboard as an SVG document. It loads nothing; its text is in whatever font the reader has. */
export function drawing({ title, panels, alarmStates, span }: Drawn): string {
  const rows = Math.max(0, ...panels.map(({ place }) => place.y + place.height));
  const height = HEAD + rows * ROW + MARGIN;
  const minute = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace("T", " ");
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="${ink.paper}"/>`,
    text(title, { x: MARGIN, y: 36 }, { size: 21, weight: 700, fill: ink.title }),
    text(
      `${minute(span.fromMs)} to ${minute(span.toMs).slice(11)} UTC`,
      { x: WIDTH - MARGIN, y: 36 },
      { size: 12, fill: ink.quiet, anchor: "end" },
    ),
    ...panels.map((panel) => drawn(panel, boxOf(panel), { alarmStates, span })),
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

function boxOf({ place }: Panel): Box {
  const column = (WIDTH - 2 * MARGIN + GAP) / COLUMNS;
  return {
    x: MARGIN + place.x * column,
    y: HEAD + place.y * ROW,
    width: place.width * column - GAP,
    height: place.height * ROW - GAP,
  };
}

function drawn(panel: Panel, box: Box, { alarmStates, span }: Pick<Drawn, "alarmStates" | "span">): string {
  if (panel.kind === "text") {
    const words = panel.markdown.replace(/^#+ /, "");
    return text(words, { x: box.x, y: box.y + 22 }, { size: 15, weight: 650, fill: ink.title });
  }
  const card = rectangle(box, { fill: ink.card, stroke: ink.edge });
  if (panel.kind === "graph") return card + chart({ graph: panel.graph, series: panel.series, span }, box);
  return card + alarms(panel, box, alarmStates);
}

const COLOURS: Readonly<Record<State, string>> = { ALARM: ink.alarm, OK: ink.good, INSUFFICIENT_DATA: ink.unknown };
const CHIP = 20;

/** Every alarm with its state, those that are on first; as many columns as there is room for. */
function alarms(
  { title, alarmNames }: { readonly title: string; readonly alarmNames: readonly string[] },
  box: Box,
  states: Drawn["alarmStates"],
): string {
  const stateOf = (name: string): State => states.get(name) ?? "INSUFFICIENT_DATA";
  const rank = (name: string): number => Object.keys(COLOURS).indexOf(stateOf(name));
  const sorted = [...alarmNames].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const common = commonStart(sorted);
  const rows = Math.max(1, Math.floor((box.height - 38) / CHIP));
  const columns = Math.ceil(sorted.length / rows);
  const width = (box.width - 24) / columns;
  const chips = sorted.map((name, index) => {
    const place = { x: box.x + 12 + Math.floor(index / rows) * width, y: box.y + 34 + (index % rows) * CHIP };
    return chip(name.slice(common.length), place, stateOf(name));
  });
  const on = sorted.filter((name) => stateOf(name) === "ALARM").length;
  const heading = `${title}: ${on === 0 ? "nothing" : on} of ${sorted.length}`;
  return text(heading, { x: box.x + 12, y: box.y + 20 }, { size: 13, weight: 600, fill: ink.title }) + chips.join("");
}

function chip(name: string, { x, y }: { readonly x: number; readonly y: number }, state: State): string {
  const on = state === "ALARM";
  const back = on
    ? rectangle({ x: x - 4, y: y - 2, width: widthOf(name, 11) + 30, height: 17 }, { fill: "#fdeceb" })
    : "";
  const dot = `<circle cx="${x + 6}" cy="${y + 6.5}" r="4.5" fill="${COLOURS[state]}"/>`;
  const style = { size: 11, fill: on ? ink.alarm : ink.body, ...(on && { weight: 600 }) };
  return back + dot + text(name, { x: x + 16, y: y + 10.5 }, style);
}

/** What all names begin with, up to a hyphen: project and stack. */
function commonStart(names: readonly string[]): string {
  const [first = "", ...others] = names;
  const cuts = [...first.matchAll(/-/g)].map(({ index }) => first.slice(0, index + 1));
  return cuts.findLast((start) => others.every((name) => name.startsWith(start))) ?? "";
}
