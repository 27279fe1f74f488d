import { parseArgs } from "node:util";
import { durationMs } from "../duration";
import { UsageError } from "../terminal";

/** All alarms or one, with or without their history. */
export interface AlarmsOptions {
  /** As in the runbook, or as in the account. Absent: all. */
  readonly name?: string;
  readonly history: boolean;
  /** How far the history goes back, in milliseconds. */
  readonly sinceMs: number;
  readonly outputsFile: string;
  readonly json: boolean;
}

export const ALARMS_USAGE = `Usage: npm run alarms -- [NAME] [--history]  [options]

The alarms of a stack, those that are on first: state, since when, and why. docs/runbook.md has a section for each.

  NAME             one alarm: what it means, what it watches, when it goes off, and its history
  --history        what happened to all alarms: states, mails, changes
  --since TIME     how far the history goes back: 90s, 15m, 1h, 2d (default 1d; 30d with NAME, as far as
                   CloudWatch remembers)
  --outputs FILE   which pipeline: the outputs of a deployed stack (default .local/outputs.json, the one on
                   this machine)
  --json           one JSON document instead of text
  --help           this text

Exits with 0 when no alarm is on, 1 when one is or when they cannot be read, 2 when the command line is wrong.`;

/** Reads the command line of `npm run alarms`. Throws a {@link UsageError} that says what it takes. */
export function alarmsOptions(args: readonly string[]): AlarmsOptions | "help" {
  const { values, positionals } = parsed(args);
  const { history, since, outputs, json, help } = values;
  if (help) return "help";
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`alarms takes one name, not ${positionals.length}.`);
  if (since !== undefined && name === undefined && !history)
    throw new UsageError("--since goes with --history or NAME.");
  return {
    history,
    json,
    outputsFile: outputs,
    sinceMs: durationMs("--since", since ?? (name === undefined ? "1d" : "30d")),
    ...(name !== undefined && { name }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        history: { type: "boolean", default: false },
        since: { type: "string" },
        outputs: { type: "string", default: ".local/outputs.json" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
