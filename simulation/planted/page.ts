import type { PlantedBug } from "./plantedBug";

/** The page docs/planted-bugs.md: every bug, where it is planted, and where the hunt for it begins. */
export function plantedBugsPage(bugs: readonly PlantedBug[]): string {
  const rows = bugs.map(({ id, file, promise, seeds: [first = FIRST_SEED] = [] }) => [
    id,
    `[${file}](../${file})`,
    promise,
    String(first),
  ]);
  return [HEAD, ...table([["the bug", "where", "promise", "seed"], ...rows]), ""].join("\n");
}

/** Rows of Markdown, its columns aligned as a formatter would; the first row is the head. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

/** Tried first against a bug that needs no troubles of its own. */
const FIRST_SEED = 1;

const HEAD = `# Planted bugs

A simulator that finds nothing may only be blind. \`npm run simulate:planted\` puts each of these bugs into a copy of the
project, one place changed in one file, and runs the simulator against it until a checker finds a promise broken; a bug
that is not found fails the command. The project without a bug has to keep every promise under the same seed.

\`seed\` is where the hunt begins; for a bug that needs troubles which few seeds have, it is one that found it. A seed
decides what the simulator does and not how a machine schedules processes, so now and then a bug that hides in a race
takes another.

This page is made by \`npm run --silent simulate:planted -- --list > docs/planted-bugs.md\`.
`;
