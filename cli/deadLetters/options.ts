import { parseArgs } from "node:util";
import { UsageError } from "../terminal";

export interface DeadLettersOptions {
  readonly action: "list" | "show" | "replay";
  /** Message ids. */
  readonly ids: readonly string[];
  /** Everything that can be replayed, instead of ids. */
  readonly all: boolean;
  /** Only this queue, by its short name. */
  readonly queue?: string;
  readonly outputsFile: string;
  readonly json: boolean;
}

export const DEAD_LETTERS_USAGE = `Usage: npm run dead-letters -- list | show ID | replay ID… | replay --all  [options]

What was given up and now waits for a hand: orders that failed too often, changes that the relay could not
publish, events that a rule could not deliver or a consumer could not take in, runs of schedules that failed.

  list              one line a message: its queue, id, age, receives, order, and why it is there
  show ID           everything about one message, and its order as the table has it
  replay ID…        does again what the message stands for, then deletes it
  replay --all      the same for every message
  --queue NAME      only this queue: orders, relay, events, runs, or a consumer of events such as trail
  --outputs FILE    which pipeline: the outputs of a deployed stack (default .local/outputs.json, the one on
                    this machine)
  --json            one JSON document instead of text
  --help            this text

Exits with 0 when all was done, 1 when something could not be, 2 when the command line is wrong.`;

/** Reads the command line of `npm run dead-letters`. Throws a {@link UsageError} that says what it takes. */
export function deadLettersOptions(args: readonly string[]): DeadLettersOptions | "help" {
  const { values, positionals } = parsed(args);
  if (values.help) return "help";
  const [action, ...ids] = positionals;
  if (action !== "list" && action !== "show" && action !== "replay") {
    const was = action === undefined ? "" : `, not "${action}"`;
    throw new UsageError(`Say what to do: list, show ID, or replay ID… or --all${was}. --help says more.`);
  }
  if (action === "list" && ids.length > 0) throw new UsageError(`list takes no ids; show ${ids[0]} does.`);
  if (action === "show" && ids.length !== 1) throw new UsageError("show takes one id; list shows them.");
  if (values.all && action !== "replay") throw new UsageError(`--all belongs to replay, not to ${action}.`);
  if (action === "replay" && values.all === ids.length > 0) {
    throw new UsageError("replay takes ids, or --all for every message, and not both.");
  }
  const { all, json, queue, outputs } = values;
  return { action, ids: [...new Set(ids)], all, json, outputsFile: outputs, ...(queue !== undefined && { queue }) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: "boolean", default: false },
        queue: { type: "string" },
        outputs: { type: "string", default: ".local/outputs.json" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
