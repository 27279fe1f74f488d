import { Fuzzer, type FuzzPlan, type FuzzReport } from "../../simulation/fuzz/fuzzer";
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
    const report = await carryOut(options, terminal);
    terminal.say(options.json ? reportJson(report, options) : reportText(report, options));
    return report.findings.length + report.stored.length === 0 ? 0 : 1;
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function carryOut({ requests, only, seed, outputsFile, json }: FuzzOptions, terminal: Terminal): Promise<FuzzReport> {
  const plan: FuzzPlan = {
    ...{ seed, atOnce: AT_ONCE, untilFinal: true },
    numbers: only === undefined ? Array.from({ length: requests }, (_, number) => number) : [only],
    onProgress: (sent) => {
      if (!json && sent % PROGRESS_EVERY === 0) terminal.say(`${sent} sent`);
    },
  };
  if (outputsFile !== undefined) return new Fuzzer(fuzzTarget(readOutputs(outputsFile)), plan).run();
  const giveUp = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        giveUp.abort();
        reject(new Error("Stopped before the end."));
      });
    }
  });
  const { runtime, outputs, stop } = await startPipeline({ settings: [...UNHURRIED, "ledger=true"], signal: giveUp.signal });
  try {
    const onBegin = () => restOutbox(outputs);
    return await Promise.race([new Fuzzer(fuzzTarget(outputs), { ...plan, onBegin }).run(), stopped]);
  } finally {
    await stop();
    void runtime;
  }
}
