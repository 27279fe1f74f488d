import { parseArgs } from "node:util";
import { durationMs } from "../duration";
import { UsageError } from "../terminal";

/** What to draw, and where to. */
export interface DashboardOptions {
  /** A pipeline of its own through an eventful hour, in place of one that runs. */
  readonly rehearse: boolean;
  /** How far the graphs go back, in milliseconds. */
  readonly sinceMs: number;
  readonly outputsFile: string;
  /** Where the picture goes. */
  readonly file: string;
}

export const DASHBOARD_USAGE = `Usage: npm run dashboard -- [options]

Draws the dashboard of a stack as a picture (SVG): the widgets that CloudWatch has, with the metrics that it has.

  --since TIME     how far the graphs go back: 15m, 3h, 1d (default 3h)
  --file FILE      where the picture goes (default .local/dashboard.svg)
  --outputs FILE   which pipeline: the outputs of a deployed stack (default .local/outputs.json, the one on
                   this machine)
  --rehearse       starts a pipeline of its own, lets an eventful hour pass in it, which takes some minutes, and
                   draws that; docs/dashboard.svg is made so
  --help           this text

Exits with 0 when the picture is there, 1 when it could not be made, 2 when the command line is wrong.`;

/** Reads the command line of `npm run dashboard`. Throws a {@link UsageError} that says what it takes. */
export function dashboardOptions(args: readonly string[]): DashboardOptions | "help" {
  const { values, positionals } = parsed(args);
  const { since = "3h", file, outputs, rehearse, help } = values;
  if (help) return "help";
  if (positionals.length > 0) throw new UsageError(`dashboard takes options only, not ${positionals.join(", ")}.`);
  if (rehearse && (values.since ?? outputs) !== undefined) {
    throw new UsageError("--rehearse draws its own hour of its own pipeline: --since and --outputs go without it.");
  }
  return { rehearse, file, outputsFile: outputs ?? ".local/outputs.json", sinceMs: durationMs("--since", since) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        since: { type: "string" },
        file: { type: "string", default: ".local/dashboard.svg" },
        outputs: { type: "string" },
        rehearse: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
