import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchRecord } from "../../bench/record";
import { figureTables } from "./figureTables";

const DOCS = join(__dirname, "..", "..", "docs");
const RECORD = join(DOCS, "performance.json");
const PAGE = join(DOCS, "performance.md");

/** The figures in docs/performance.md lie between these lines. */
const [BEGIN, END] = ["<!-- figures: npm run bench -- --save -->", "<!-- end of figures -->"];

/** The baseline of this checkout; no part when there is none. */
export function readBaseline(): BenchRecord {
  return existsSync(RECORD) ? (JSON.parse(readFileSync(RECORD, "utf8")) as BenchRecord) : {};
}

/** Makes these parts the baseline; the others stay as they are. */
export function saveBaseline(parts: BenchRecord): void {
  const all = { ...readBaseline(), ...parts };
  writeFileSync(RECORD, `${JSON.stringify(all, null, 2)}\n`);
  const page = readFileSync(PAGE, "utf8");
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has no place for figures: it lacks ${BEGIN} and ${END}.`);
  writeFileSync(PAGE, `${page.slice(0, begin)}${BEGIN}\n\n${figureTables(all)}\n\n${page.slice(end)}`);
}
