import pc from "picocolors";
import { isMet, summaryOf, type Figure } from "../../bench/figure";
import type { Machine } from "../../bench/machine";
import type { Findings } from "../../bench/part";
import type { PartRecord } from "../../bench/record";
import { machineText } from "./figureTables";
import { numberText } from "./numberText";

/** A difference to the baseline below this is noise on most machines. */
const NOTEWORTHY_PERCENT = 10;

export function machineLine(machine: Machine): string {
  return `On ${machineText(machine)}, ${machine.system}.`;
}

/** The figures of a part: median, spread, target, and how they differ from the baseline. */
export function partText(name: string, { figures, remarks }: Findings, baseline: PartRecord | undefined): string {
  const rows = figures.map((figure) => row(figure, baseline));
  const width = Math.max(...figures.map((figure) => figure.name.length));
  const lines = rows.map(([label = "", ...cells]) => `  ${label.padEnd(width)}  ${cells.join("  ")}`);
  return [pc.bold(name), ...lines, ...remarks.map((remark) => pc.dim(`  ${remark}`)), ""].join("\n");
}

/** The figures that miss their targets, one a line. */
export function missedText(missed: readonly Figure[]): string {
  if (missed.length === 0) return pc.green("Every figure meets its target.");
  return missed.map((figure) => pc.red(`${figure.name}: ${valueText(figure)}, ${targetText(figure)}`)).join("\n");
}

function row(figure: Figure, baseline: PartRecord | undefined): string[] {
  const { min, max, runs } = summaryOf(figure);
  const spread = runs > 1 ? `${numberText(min)} – ${numberText(max)}` : "";
  return [
    figure.name,
    valueText(figure).padStart(12),
    spread.padEnd(17),
    targetCell(figure).padEnd(16),
    comparison(figure, baseline),
  ];
}

function valueText(figure: Figure): string {
  return `${numberText(summaryOf(figure).median)} ${figure.unit}`;
}

function targetText({ target, unit }: Figure): string {
  if (target === undefined) return "";
  return "most" in target ? `must be at most ${target.most} ${unit}` : `must be at least ${target.least} ${unit}`;
}

function targetCell(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return "";
  const bound = "most" in target ? `≤ ${target.most}` : `≥ ${target.least}`;
  return isMet(figure) === true ? `${bound} met` : `${bound} MISSED`;
}

function comparison({ name, values, better, isAside }: Figure, baseline: PartRecord | undefined): string {
  const before = baseline?.figures[name]?.median;
  if (before === undefined || before === 0) return "";
  const percent = (summaryOf({ values }).median / before - 1) * 100;
  const text = `${percent >= 0 ? "+" : ""}${percent.toFixed(0)} % (${numberText(before)})`;
  if (isAside === true || Math.abs(percent) < NOTEWORTHY_PERCENT) return pc.dim(text);
  return percent > 0 === (better === "more") ? pc.green(text) : pc.red(text);
}
