import { parseArgs } from "node:util";
import { PLANTED_BUGS } from "../simulation/planted/plantedBugs";
import type { PlantedBug } from "../simulation/planted/plantedBug";

export interface SimulatePlantedOptions {
  readonly bugs: readonly PlantedBug[];
  /** Tried after a bug's own seeds. */
  readonly seeds: readonly number[];
  readonly orders: number;
  /** Only tell what the bugs are. */
  readonly list: boolean;
}

const DEFAULT_ORDERS = 60;
const DEFAULT_SEEDS = "1..10";
/** A bug that so many runs do not find is as good as not found. */
const MOST_SEEDS = 100;

export const SIMULATE_PLANTED_USAGE = `Usage: npm run simulate:planted -- [options]

Tests the simulator: puts one bug after the other into a copy of the project, and runs the simulator against it
until it finds a broken promise. Exits with 1 when a bug is not found, or could not be planted.

  --only ID…      these bugs only; may be given several times, or several separated by commas
  --seeds A..B    seeds that are tried after a bug's own, at most ${MOST_SEEDS} (default ${DEFAULT_SEEDS})
  --orders N      undertakings of customers in a run, 1 to 10000 (default ${DEFAULT_ORDERS})
  --list          lists the bugs, as docs/planted-bugs.md does, and runs nothing
  --help          this text`;

/** Reads the command line of `npm run simulate:planted`. Throws one error that names the option and what it takes. */
export function simulatePlantedOptions(args: readonly string[]): SimulatePlantedOptions | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: "string", multiple: true },
      seeds: { type: "string", default: DEFAULT_SEEDS },
      orders: { type: "string", default: String(DEFAULT_ORDERS) },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (positionals.length > 0 && values.only === undefined) {
    throw new Error(`Name bugs after --only: ${positionals.join(" ")}.`);
  }
  const names = [...(values.only ?? []), ...positionals].flatMap((ids) => ids.split(","));
  return {
    bugs: values.only === undefined ? PLANTED_BUGS : names.map(bugCalled),
    seeds: seeds(values.seeds),
    orders: orders(values.orders),
    list: values.list,
  };
}

function bugCalled(id: string): PlantedBug {
  const bug = PLANTED_BUGS.find((planted) => planted.id === id);
  if (bug === undefined) throw new Error(`There is no planted bug "${id}"; --list shows all.`);
  return bug;
}

function seeds(text: string): number[] {
  const [, first = "", last = ""] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (last === "" || count < 1 || count > MOST_SEEDS) {
    throw new Error(`--seeds takes a range of at most ${MOST_SEEDS} seeds such as ${DEFAULT_SEEDS}, not "${text}".`);
  }
  return Array.from({ length: count }, (_, at) => Number(first) + at);
}

function orders(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 10_000) return value;
  throw new Error(`--orders takes a whole number from 1 to 10000, not "${text}".`);
}
