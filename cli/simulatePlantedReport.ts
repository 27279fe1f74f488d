import pc from "picocolors";
import type { Hunt } from "../simulation/planted/hunt";
import type { PlantedBug } from "../simulation/planted/plantedBug";

/** What became of one bug: two lines, the second with what gave it away or why it was never there. */
export function huntLine({ id }: PlantedBug, hunt: Hunt, tookMs: number): string {
  const time = `${Math.round(tookMs / 1000)} s`;
  switch (hunt.end) {
    case "found": {
      const where = `seed ${hunt.seed}, ${hunt.runs === 1 ? "the first" : `number ${hunt.runs}`} that was tried`;
      const broke = `broke ${hunt.promises.join(", ")}`;
      return `${pc.green("found     ")} ${id}: ${broke} (${where}, ${time})\n${indented(hunt.first.sentence)}`;
    }
    case "survived":
      return `${pc.red("SURVIVED  ")} ${id}: no promise broke under the seeds ${hunt.seeds.join(", ")} (${time})`;
    case "unplanted":
      return `${pc.red("NOT THERE ")} ${id}: no checker saw it (${time})\n${indented(hunt.reason)}`;
  }
}

/** The last line of a hunt. */
export function huntsSummary(hunts: readonly Hunt[], tookMs: number): string {
  const count = (end: Hunt["end"]): number => hunts.filter((hunt) => hunt.end === end).length;
  const result = `${count("found")} found, ${count("survived")} survived, ${count("unplanted")} were not there`;
  return `${hunts.length} bugs: ${result}, in ${Math.round(tookMs / 1000)} s.`;
}

function indented(text: string): string {
  return pc.dim(text.slice(0, 300).replace(/^/gm, "           "));
}
