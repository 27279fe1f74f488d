import { parseArgs } from "node:util";
import { MAX_STOCK_SHARDS } from "../../contracts/stockShards";
import { spoken, UsageError, type Terminal } from "../terminal";
import { limits } from "./limits";
import { PROD } from "./orderUnits";
import { limitsTable, quotasTable } from "./scalingText";

/** The rates that docs/scaling.md is about. */
export const DEFAULT_RATES = [10_000, 1_000_000] as const;

export const SCALING_USAGE = `Usage: npm run scaling -- [options]

Shows which limit a stack with prod's settings meets first, at so many orders a minute, and what to change (docs/scaling.md).
It computes from the units of an order (cli/scaling/orderUnits.ts) and AWS's quotas (cli/scaling/quotas.ts), and runs nothing.

  --rate N    orders a minute; repeatable (default ${DEFAULT_RATES.join(" and ")})
  --shards N  items over which the stock of a product is spread, 1 to ${MAX_STOCK_SHARDS} (default ${PROD.stockShards})
  --quotas    the quotas themselves, and where they stand
  --help      this text`;

/** `npm run scaling`. Answers the exit code: 0, or 2 for a wrong command line. */
export function scaling(args: readonly string[], terminal: Terminal): number {
  try {
    terminal.say(answerTo(args));
    return 0;
  } catch (error) {
    terminal.complain(`${spoken(error as Error)}\n\n${SCALING_USAGE}`);
    return 2;
  }
}

function answerTo(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: "string", multiple: true, default: DEFAULT_RATES.map(String) },
      shards: { type: "string", default: String(PROD.stockShards) },
      quotas: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return SCALING_USAGE;
  if (values.quotas) return quotasTable();
  const rates = values.rate.map((rate) => whole("--rate", rate, 1_000_000_000));
  return limitsTable(limits(whole("--shards", values.shards, MAX_STOCK_SHARDS)), rates);
}

function whole(option: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from 1 to ${max}, not "${text}".`);
}
