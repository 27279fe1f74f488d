import { Fuzzer, type FuzzPlan, type FuzzReport } from "../../simulation/fuzz/fuzzer";
import type { FuzzTarget } from "../../simulation/fuzz/target";
import { startPipeline } from "../pipeline";
import { readOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { FUZZ_USAGE, fuzzOptions, type FuzzOptions } from "./options";
import { reportJson, reportText } from "./report";
import { fuzzTarget, restOutbox, UNHURRIED } from "./target";

const AT_ONCE = 16;
const PROGRESS_EVERY = 2_000;

/** `npm run fuzz`: answers the exit code. Errors are told in one line. */
export async function fuzz(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = fuzzOptions(args);
    if (options === "help") {
      terminal.say(FUZZ_USAGE);
      return 0;
    }
    if (!options.json) terminal.say(`Seed ${options.seed}`);
    const { report, target } = await carryOut(options, terminal);
    const keys = Object.values(target.apiKeys);
    terminal.say(options.json ? reportJson(report, options, keys) : reportText(report, options, keys));
    return report.findings.length + report.stored.length === 0 ? 0 : 1;
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

interface Done {
  readonly report: FuzzReport;
  readonly target: FuzzTarget;
}

async function carryOut(options: FuzzOptions, terminal: Terminal): Promise<Done> {
  const { requests, only, seed, outputsFile, json } = options;
  const plan: FuzzPlan = {
    ...{ seed, atOnce: AT_ONCE, untilFinal: true },
    numbers: only === undefined ? Array.from({ length: requests }, (_, number) => number) : [only],
    onProgress: (sent) => {
      if (!json && sent % PROGRESS_EVERY === 0) terminal.say(`${sent} sent`);
    },
  };
  if (outputsFile === undefined) return withOwnPipeline(plan);
  const target = fuzzTarget(readOutputs(outputsFile));
  return { target, report: await new Fuzzer(target, plan).run() };
}

async function withOwnPipeline(plan: FuzzPlan): Promise<Done> {
  const giveUp = new AbortController();
  const { signal } = giveUp;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => giveUp.abort(new Error("Stopped before the end.")));
  }
  const pipeline = await startPipeline({ settings: [...UNHURRIED, "ledger=true"], signal });
  try {
    const target = fuzzTarget(pipeline.outputs);
    const fuzzer = new Fuzzer(target, { ...plan, onBegin: () => restOutbox(pipeline.outputs) });
    return { target, report: await Promise.race([fuzzer.run(), aborted(signal)]) };
  } finally {
    await pipeline.stop();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
