import { parseArgs } from "node:util";
import { TROUBLES, type Trouble } from "../simulation/scenario";

export interface SimulateOptions {
  /** Runs one after the other, each with a pipeline of its own. */
  readonly seeds: readonly number[];
  readonly orders: number;
  readonly troubles: readonly Trouble[];
  readonly speed: number;
  /** Settings of the pipeline, as KEY=VALUE. */
  readonly settings: readonly string[];
  readonly json: boolean;
}

const LARGEST_SEED = 2 ** 32 - 1;
const DEFAULT_ORDERS = 100;
const DEFAULT_SPEED = 500;

export const SIMULATE_USAGE = `Usage: npm run simulate -- [options]

Looks for a broken promise: customers place orders while everything goes wrong, then nothing goes wrong any
more, and then every order, unit of stock and cent must be where it belongs. Exits with 1 when one is not.

  --seed N        decides everything that the simulator decides (default: drawn)
  --seeds A..B    one run for each seed from A to B
  --orders N      undertakings of customers in a run, 1 to 10000 (default ${DEFAULT_ORDERS})
  --faults LIST   what goes wrong, separated by commas, or "none" or "all" (default all):
                  ${TROUBLES.join(", ")}
  --speed N       how much faster the runtime's clock runs while everything waits (default ${DEFAULT_SPEED})
  --set KEY=VALUE a setting of the pipeline, such as stockShards=4; may be given several times
  --json          one JSON document a run instead of text
  --help          this text`;

/** Reads the command line of `npm run simulate`. Throws one error that names the option and what it takes. */
export function simulateOptions(args: readonly string[], drawSeed: () => number = draw): SimulateOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string" },
      seeds: { type: "string" },
      orders: { type: "string", default: String(DEFAULT_ORDERS) },
      faults: { type: "string", default: "all" },
      speed: { type: "string", default: String(DEFAULT_SPEED) },
      set: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (values.seed !== undefined && values.seeds !== undefined) throw new Error("Give --seed or --seeds, not both.");
  return {
    seeds: values.seeds === undefined ? [seed(values.seed, drawSeed)] : seeds(values.seeds),
    orders: whole("--orders", values.orders, [1, 10_000]),
    troubles: troubles(values.faults),
    speed: whole("--speed", values.speed, [1, 1_000_000]),
    settings: values.set,
    json: values.json,
  };
}

/** The command line that repeats the run of one seed. */
export function repeatCommand(options: SimulateOptions, ofSeed: number): string {
  const { orders, troubles, speed, settings } = options;
  const faults = troubles.length === 0 ? "none" : troubles.join(",");
  return [
    `npm run simulate -- --seed ${ofSeed} --orders ${orders}`,
    troubles.length === TROUBLES.length ? "" : ` --faults ${faults}`,
    speed === DEFAULT_SPEED ? "" : ` --speed ${speed}`,
    ...settings.map((setting) => ` --set '${setting}'`),
  ].join("");
}

function draw(): number {
  return Math.floor(Math.random() * 1_000_000);
}

function seed(text: string | undefined, drawSeed: () => number): number {
  return text === undefined ? drawSeed() : whole("--seed", text, [0, LARGEST_SEED]);
}

function seeds(text: string): number[] {
  const [, first = "", last = ""] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  const from = Number(first);
  const to = Number(last);
  if (last === "" || to < from || to > LARGEST_SEED || to - from >= 10_000) {
    throw new Error(`--seeds takes a range of at most 10000 seeds such as 1..20, not "${text}".`);
  }
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

function troubles(text: string): readonly Trouble[] {
  if (text === "none") return [];
  if (text === "all") return TROUBLES;
  const asked = text.split(",").map((name) => name.trim());
  const unknown = asked.filter((name) => !TROUBLES.some((trouble) => trouble === name));
  if (unknown.length > 0) {
    throw new Error(`--faults takes none, all, or some of ${TROUBLES.join(", ")}, not "${unknown.join(", ")}".`);
  }
  return TROUBLES.filter((trouble) => asked.includes(trouble));
}

function whole(option: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Error(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}
