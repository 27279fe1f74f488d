import { parseArgs } from "node:util";
import { UsageError } from "../terminal";
import { ENDINGS, type Ending } from "./endings";
import type { Mix } from "./monthlyBill";

export interface CostOptions {
  /** Orders in a month. */
  readonly orders: number;
  readonly mix: Mix;
  readonly stack: string;
  readonly settings: readonly string[];
  /** Orders of each ending that are placed to be measured, and how many a second. */
  readonly sample: number;
  readonly perSecond: number;
  readonly json: boolean;
}

const DEFAULT_MIX = "confirmed=94,outOfStock=2,declined=3,compensated=1";

export const COST_USAGE = `Usage: npm run cost -- [options]

Shows what an order costs on AWS, by part and by how it ends, and the bill of a month: runs the pipeline on this machine,
has orders of every ending placed in it, and puts prices on what its meter counts (cli/cost/prices.ts). Takes about two minutes.

  --orders N      orders in a month (default 1000000)
  --mix LIST      how they end, in any proportion (default ${DEFAULT_MIX})
  --stack NAME    whose settings count, Pulumi.NAME.yaml (default prod)
  --set KEY=VALUE a setting of the stack for this run; repeatable
  --sample N      orders of each ending that are measured, 20 to 2000 (default 100)
  --rate N        how many of them are placed a second, 1 to 100 (default 20): batches grow with it
  --json          one JSON document instead of text
  --help          this text`;

/** Reads the command line of `npm run cost`. Throws a UsageError that names the option and what it takes. */
export function costOptions(args: readonly string[]): CostOptions | "help" {
  const { values } = parsed(args);
  if (values.help) return "help";
  return {
    orders: whole("--orders", values.orders, [1, 1_000_000_000_000]),
    mix: mix(values.mix),
    stack: values.stack,
    settings: values.set,
    sample: whole("--sample", values.sample, [20, 2000]),
    perSecond: whole("--rate", values.rate, [1, 100]),
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        orders: { type: "string", default: "1000000" },
        mix: { type: "string", default: DEFAULT_MIX },
        stack: { type: "string", default: "prod" },
        set: { type: "string", multiple: true, default: [] },
        sample: { type: "string", default: "100" },
        rate: { type: "string", default: "20" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Shares of any sum; what is not named is 0. */
function mix(text: string): Mix {
  const wrong = new UsageError(
    `--mix takes ${ENDINGS.join(", ")}, each with its share, such as ${DEFAULT_MIX}; not "${text}".`,
  );
  const shares: Partial<Record<Ending, number>> = {};
  for (const entry of text.split(",")) {
    const [, name = "", share = ""] = /^\s*(\w+)=(\d+(?:\.\d+)?)\s*$/.exec(entry) ?? [];
    const ending = ENDINGS.find((known) => known === name);
    if (ending === undefined || share === "" || shares[ending] !== undefined) throw wrong;
    shares[ending] = Number(share);
  }
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  if (sum <= 0) throw wrong;
  return Object.fromEntries(ENDINGS.map((ending) => [ending, (shares[ending] ?? 0) / sum])) as unknown as Mix;
}

function whole(option: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}
