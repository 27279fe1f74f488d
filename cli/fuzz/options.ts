import { parseArgs } from "node:util";
import { UsageError } from "../terminal";

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** This one request instead of all of them. */
  readonly only?: number;
  /** Outputs of a pipeline that runs already. */
  readonly outputsFile?: string;
  readonly json: boolean;
}

const LARGEST_SEED = 2 ** 31 - 1;

export const FUZZ_USAGE = `Usage: npm run fuzz -- [options]

Sends requests of all kinds to the API, most of them wrong, and holds every answer against the API's own document.
Exits with 0 when every answer was as it must be, 1 when one was not, 2 when the command line is wrong.

  --requests N    how many, 1 to 1000000 (default 20000)
  --seed N        decides every request (default: drawn)
  --only N        only request N of the seed, as a finding names it
  --outputs FILE  a pipeline that runs already, for example .local/outputs.json; orders are left behind there
                  (default: one of its own, with a ledger, in which nothing follows an order)
  --json          one JSON document instead of text
  --help          this text`;

/** Reads the command line of `npm run fuzz`. Throws a {@link UsageError} that says what it takes. */
export function fuzzOptions(args: readonly string[], drawSeed: () => number = draw): FuzzOptions | "help" {
  const { help, requests, seed, only, outputs, json } = parsed(args);
  if (help) return "help";
  return {
    requests: whole("--requests", requests, [1, 1_000_000]),
    seed: seed === undefined ? drawSeed() : whole("--seed", seed, [0, LARGEST_SEED]),
    ...(only !== undefined && { only: whole("--only", only, [0, 1_000_000]) }),
    ...(outputs !== undefined && { outputsFile: outputs }),
    json,
  };
}

/** The command line that sends one request of a run again. */
export function repeatCommand(
  { seed, outputsFile }: Pick<FuzzOptions, "seed" | "outputsFile">,
  number: number,
): string {
  return `npm run fuzz -- --seed ${seed} --only ${number}${outputsFile === undefined ? "" : ` --outputs ${outputsFile}`}`;
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        requests: { type: "string", default: "20000" },
        seed: { type: "string" },
        only: { type: "string" },
        outputs: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function draw(): number {
  return Math.floor(Math.random() * 1_000_000);
}

function whole(option: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}
