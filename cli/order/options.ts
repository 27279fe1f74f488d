import { parseArgs } from "node:util";
import { UsageError } from "../terminal";

/** One order or all of them, shown or checked against its trail. */
export interface OrderOptions {
  /** Absent: every order of the table. */
  readonly orderId?: string;
  readonly rebuild: boolean;
  /** Whether everything is told that any place knows of it. */
  readonly story: boolean;
  readonly outputsFile: string;
  readonly json: boolean;
}

export const ORDER_USAGE = `Usage: npm run order -- ORDER_ID [--rebuild | --story]  [options]
       npm run order -- --all --rebuild              [options]

What happened to an order, from the audit trail: every event with its time, how long each step took, and what
became of its money.

  --rebuild         rebuilds the order's state from its events alone and compares it with the table
  --story           everything in one view, in time order: events, log lines of all functions, the saga's
                    executions with each state, messages to the customer, receipt, dead letters
  --all             with --rebuild: every order of the table. Reads the whole table and the whole trail
  --outputs FILE    which pipeline: the outputs of a deployed stack (default .local/outputs.json, the one on
                    this machine)
  --json            one JSON document instead of text
  --help            this text

Exits with 0 when all is well, 1 when an order is not there, its trail says something else than the table, or a
place that --story asks could not be read, 2 when the command line is wrong.`;

/** Reads the command line of `npm run order`. Throws a {@link UsageError} that says what it takes. */
export function orderOptions(args: readonly string[]): OrderOptions | "help" {
  const { values, positionals } = parsed(args);
  const { all, rebuild, story, json, outputs, help } = values;
  if (help) return "help";
  const [orderId, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`order takes one id, not ${positionals.length}.`);
  if (all && orderId !== undefined) throw new UsageError("order takes an id, or --all for every order, and not both.");
  if (story && (all || rebuild)) throw new UsageError("--story tells of one order, and not with --all or --rebuild.");
  if (all && !rebuild) throw new UsageError("--all goes with --rebuild; one order is shown by its id.");
  if (!all && orderId === undefined) {
    throw new UsageError("Say which order: npm run order -- ORDER_ID, as POST /orders answered it. --help says more.");
  }
  return { rebuild, story, json, outputsFile: outputs, ...(orderId !== undefined && { orderId }) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: "boolean", default: false },
        rebuild: { type: "boolean", default: false },
        story: { type: "boolean", default: false },
        outputs: { type: "string", default: ".local/outputs.json" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
