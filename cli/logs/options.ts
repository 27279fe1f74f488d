import { parseArgs } from "node:util";
import { durationMs } from "../duration";
import { UsageError } from "../terminal";
import type { Subject } from "./functionLines";
import { LEVELS, type Level } from "./logLine";

/** Whose lines, from when on, and how bad. */
export interface LogsOptions {
  readonly subject: Subject;
  /** Absent: since the order was placed, a day for a correlation id, an hour for a function. */
  readonly sinceMs?: number;
  readonly level?: Level;
  readonly outputsFile: string;
  readonly json: boolean;
}

export const LOGS_USAGE = `Usage: npm run logs -- --order ID | --correlation ID | --function NAME  [options]

Every log line of one order, or of one request, from the log groups of all functions, oldest first: time (UTC),
function, level, message, and what else the line says. Or all lines of one function.

  --order ID         lines that carry this order's id
  --correlation ID   lines that carry this correlation id: every answer has it in the header X-Correlation-Id
  --function NAME    all lines of this function, as the outputs call it (processOrder, ReserveInventory), also
                     Lambda's own when it crashes or runs out of time
  --since TIME       how far to look back: 90s, 15m, 1h, 2d (default: to when the order was placed; 1d for a
                     correlation id, 1h for a function)
  --level LEVEL      only this level and worse: DEBUG, INFO, WARN, ERROR
  --outputs FILE     which pipeline: the outputs of a deployed stack (default .local/outputs.json, the one on
                     this machine)
  --json             one JSON document with everything that the lines say, instead of text
  --help             this text

Exits with 0 when the lines are read, though there be none, 1 when they cannot be, 2 when the command line is
wrong.`;

/** What ids of either kind look like. */
const ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Reads the command line of `npm run logs`. Throws a {@link UsageError} that says what it takes. */
export function logsOptions(args: readonly string[]): LogsOptions | "help" {
  const { since, level, json, outputs, help, ...named } = parsed(args);
  if (help) return "help";
  return {
    subject: subjectOf(named),
    json,
    outputsFile: outputs,
    ...(since !== undefined && { sinceMs: durationMs("--since", since) }),
    ...(level !== undefined && { level: levelOf(level) }),
  };
}

type Named = Readonly<Partial<Record<keyof typeof KEYS, string>>>;

const KEYS = { order: "orderId", correlation: "correlationId", function: "function" } as const;

function subjectOf(named: Named): Subject {
  const given = Object.entries(named) as [keyof typeof KEYS, string][];
  const [[option, id] = []] = given;
  if (option === undefined || id === undefined || given.length > 1) {
    throw new UsageError(
      "Say whose lines: --order ID, --correlation ID or --function NAME, one of them. --help says more.",
    );
  }
  if (!ID.test(id)) throw new UsageError(`"${id}" is no id: it has letters, digits, dots, hyphens and underscores.`);
  return { key: KEYS[option], id };
}

function levelOf(text: string): Level {
  const level = LEVELS.find((known) => known === text.toUpperCase());
  if (level === undefined) throw new UsageError(`--level takes one of ${LEVELS.join(", ")}, not "${text}".`);
  return level;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        order: { type: "string" },
        correlation: { type: "string" },
        function: { type: "string" },
        since: { type: "string" },
        level: { type: "string" },
        outputs: { type: "string", default: ".local/outputs.json" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
