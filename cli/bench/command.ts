import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMet, type Figure } from "../../bench/figure";
import { thisMachine } from "../../bench/machine";
import type { Conditions, Findings } from "../../bench/part";
import { measureApi } from "../../bench/parts/api";
import { measureColdStart } from "../../bench/parts/coldStart";
import { measureContention } from "../../bench/parts/contention";
import { measureGrowth } from "../../bench/parts/growth";
import { measureMemory } from "../../bench/parts/memory";
import { measurePipeline } from "../../bench/parts/pipeline";
import { recordOf, type BenchRecord } from "../../bench/record";
import { spoken, UsageError, type Terminal } from "../terminal";
import { readBaseline, saveBaseline } from "./baseline";
import { startChildPipeline } from "./childPipeline";
import { deployedFunctions } from "./deployedFunctions";
import { BENCH_USAGE, benchOptions, type BenchOptions, type PartName } from "./options";
import { machineLine, missedText, partText } from "./report";

const MEASURES: Readonly<Record<PartName, (conditions: Conditions) => Promise<Findings>>> = {
  cold: (conditions) => measureColdStart(conditions, deployedFunctions),
  api: measureApi,
  pipeline: measurePipeline,
  growth: measureGrowth,
  contention: measureContention,
  memory: measureMemory,
};

const REPORTS = join(__dirname, "..", "..", ".local", "bench");

/** `npm run bench`: answers the exit code. Errors are told in one line. */
export async function bench(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = benchOptions(args);
    if (options === "help") {
      terminal.say(BENCH_USAGE);
      return 0;
    }
    const missed = await carryOut(options, terminal);
    if (!options.json) terminal.say(missedText(missed));
    return missed.length === 0 ? 0 : 1;
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function carryOut(options: BenchOptions, terminal: Terminal): Promise<Figure[]> {
  const { parts, runs, isQuick, json, save } = options;
  const machine = thisMachine();
  const baseline = readBaseline();
  const say = (text: string): void => (json ? undefined : terminal.complain(text));
  if (!json) terminal.say(`${machineLine(machine)}\n`);
  const records: Record<string, BenchRecord[string]> = {};
  const details: Record<string, Findings> = {};
  for (const name of parts) {
    const found = await MEASURES[name]({
      start: startChildPipeline,
      ...{ runs, isQuick },
      say: (text) => say(`${name}: ${text}`),
    });
    details[name] = found;
    records[name] = recordOf(found.figures, machine, new Date());
    if (!json) terminal.say(partText(name, found, baseline[name]));
  }
  const report = JSON.stringify({ machine, options, parts: details, baseline }, null, 2);
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(join(REPORTS, `${new Date().toISOString().replaceAll(":", "-")}.json`), `${report}\n`);
  if (json) terminal.say(report);
  if (save) saveBaseline(records);
  return Object.values(details).flatMap(({ figures }) => figures.filter((figure) => isMet(figure) === false));
}
