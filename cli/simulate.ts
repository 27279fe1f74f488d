import "./headStart";
import { drawScenario } from "../simulation/scenario";
import { LIVENESS_BOUND_MS, Simulation } from "../simulation/simulation";
import type { Verdict } from "../simulation/verdict";
import { startPipeline, type Pipeline } from "./pipeline";
import { SIMULATE_USAGE, repeatCommand, simulateOptions, type SimulateOptions } from "./simulateOptions";
import { scenarioText, seedLine, seedsText, verdictText } from "./simulateReport";
import { simulatedSettings, simulationTarget } from "./simulationTarget";

/** `npm run simulate`: runs seeds until all are done or a signal comes. Answers whether every promise was kept. */
async function main(): Promise<boolean> {
  const options = simulateOptions(process.argv.slice(2));
  if (options === "help") return (console.log(SIMULATE_USAGE), true);
  const giveUp = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => giveUp.abort(new Error("Stopped before the end.")));
  }
  const stopped = aborted(giveUp.signal);
  // Between two seeds nobody waits for it, and it must not end the process unheard.
  stopped.catch(() => undefined);
  const startedAt = performance.now();
  const verdicts: Verdict[] = [];
  for (const seed of options.seeds) {
    verdicts.push(await runSeed(seed, options, { signal: giveUp.signal, stopped }));
  }
  if (options.seeds.length > 1 && !options.json) {
    console.log(seedsText(verdicts, performance.now() - startedAt));
  }
  return verdicts.every(({ violations }) => violations.length === 0);
}

/** Runs one seed in a pipeline of its own, and tells of it. */
async function runSeed(seed: number, options: SimulateOptions, { signal, stopped }: Stopping): Promise<Verdict> {
  const { orders, troubles, speed, settings, json } = options;
  const many = options.seeds.length > 1;
  const startedAt = performance.now();
  const scenario = drawScenario({ seed, orders, troubles });
  if (!json && !many) console.log(scenarioText(scenario));
  const pipeline = await startPipeline({ speed, settings: [...simulatedSettings(scenario), ...settings], signal });
  try {
    const simulation = new Simulation(simulationTarget(pipeline), scenario);
    const verdict = await Promise.race([simulation.run(), stopped, ended(pipeline)]);
    const totalMs = Math.round(performance.now() - startedAt);
    const repeat = repeatCommand(options, seed);
    if (json)
      console.log(JSON.stringify({ scenario, livenessBoundMs: LIVENESS_BOUND_MS, totalMs, repeat, ...verdict }));
    else if (many) console.log(seedLine(seed, verdict, totalMs));
    else console.log(verdictText(verdict, totalMs, repeat));
    return verdict;
  } finally {
    await pipeline.stop();
  }
}

interface Stopping {
  readonly signal: AbortSignal;
  /** Rejects when the signal comes. */
  readonly stopped: Promise<Verdict>;
}

function aborted(signal: AbortSignal): Promise<Verdict> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

async function ended({ runtime }: Pipeline): Promise<Verdict> {
  throw new Error(await runtime.ended);
}

main().then(
  (kept) => process.exit(kept ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
