import { parseArgs } from "node:util";
import { UsageError } from "../terminal";

export interface LedgerOptions {
  readonly outputsFile: string;
  /** How long the ledger may take to catch up before a difference counts. */
  readonly withinSeconds: number;
  readonly json: boolean;
}

export const LEDGER_USAGE = `Usage: npm run ledger -- verify [options]

Compares the ledger in PostgreSQL with the orders table, order by order: version, status and amount. Exits with 1 when
they differ. Changes nothing.

  --outputs FILE    the stack's outputs (default .local/outputs.json)
  --within SECONDS  how long the ledger may take to catch up, 0 to 3600 (default 30)
  --json            JSON instead of text
  --help            this text`;

/** Reads the command line of `npm run ledger`. Throws a UsageError that names what is wrong. */
export function ledgerOptions(args: readonly string[]): LedgerOptions | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (positionals.length !== 1 || positionals[0] !== "verify") {
    throw new UsageError(`Say what to do: verify, not "${positionals.join(" ")}".`);
  }
  const withinSeconds = Number(values.within);
  if (!/^\d+$/.test(values.within) || withinSeconds > 3600) {
    throw new UsageError(`--within takes a whole number from 0 to 3600, not "${values.within}".`);
  }
  return { outputsFile: values.outputs, withinSeconds, json: values.json };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        outputs: { type: "string", default: ".local/outputs.json" },
        within: { type: "string", default: "30" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
