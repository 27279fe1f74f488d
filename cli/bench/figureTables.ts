import type { BenchRecord, PartRecord, RecordedFigure } from "../../bench/record";
import type { Machine } from "../../bench/machine";
import { PARTS } from "./options";
import { numberText } from "./numberText";

const HEAD = ["figure", "median", "from", "to", "runs"];

/** Figures as Markdown, a table for each part, formatted as Prettier would. */
export function figureTables(record: BenchRecord): string {
  return PARTS.flatMap((name) => {
    const part = record[name];
    return part === undefined ? [] : [`### ${name}\n\n${caption(name, part)}\n\n${table(part)}`];
  }).join("\n\n");
}

export function machineText({ processor, cores, memoryGiB, node, java }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, Java ${java}`;
}

function caption(name: string, { takenAt, machine }: PartRecord): string {
  return `\`npm run bench -- --part ${name}\`, ${takenAt.slice(0, 10)}; ${machineText(machine)}.`;
}

function table({ figures }: PartRecord): string {
  const rows = Object.entries(figures).map(([name, figure]) => [name, ...cells(figure)]);
  const widths = HEAD.map((head, at) =>
    Math.max(...[head, ...rows.map((row) => row[at] ?? "")].map(({ length }) => length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(HEAD), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function cells({ median, min, max, runs, unit }: RecordedFigure): string[] {
  return [`${numberText(median)} ${unit}`, numberText(min), numberText(max), String(runs)];
}
