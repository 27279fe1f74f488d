import { parseArgs } from "node:util";
import { UsageError } from "../terminal";

/** The parts, in the order in which they are measured. */
export const PARTS = ["cold", "api", "pipeline", "growth", "contention", "memory"] as const;

export type PartName = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  readonly runs: number;
  readonly isQuick: boolean;
  readonly json: boolean;
  /** Whether the figures become the baseline that later runs are compared with. */
  readonly save: boolean;
}

export const BENCH_USAGE = `Usage: npm run bench -- [options]

Measures the program on this machine and compares it with docs/performance.json. Wants a machine that does nothing else.
The report goes to .local/bench/ as JSON too. Exits with 0 when every figure meets its target, 1 when one does not, 2
when the command line is wrong.

  --part P,…      ${PARTS.join(", ")} (default: all, about 20 minutes)
  --quick         fewer and shorter runs: for a look, too noisy for a comparison
  --runs N        how often each figure is measured, 1 to 20 (default 3; with --quick 1)
  --save          the figures become the baseline, in docs/performance.json and docs/performance.md
  --json          JSON instead of text
  --help          this text`;

/** Reads the command line of `npm run bench`. Throws a {@link UsageError} that says what it takes. */
export function benchOptions(args: readonly string[]): BenchOptions | "help" {
  const { help, part, quick, runs, save, json } = parsed(args);
  if (help) return "help";
  if (quick && save) throw new UsageError("--save wants figures that can be compared: leave --quick out.");
  return { parts: partsOf(part), runs: runsOf(runs ?? (quick ? "1" : "3")), isQuick: quick, json, save };
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        part: { type: "string" },
        quick: { type: "boolean", default: false },
        runs: { type: "string" },
        save: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function partsOf(text: string | undefined): readonly PartName[] {
  if (text === undefined) return PARTS;
  const named = text.split(",").map((name) => name.trim());
  const unknown = named.filter((name) => !(PARTS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new UsageError(`--part takes any of ${PARTS.join(", ")}, not "${unknown.join(", ")}".`);
  return PARTS.filter((name) => named.includes(name));
}

function runsOf(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 20) return value;
  throw new UsageError(`--runs takes a whole number from 1 to 20, not "${text}".`);
}
