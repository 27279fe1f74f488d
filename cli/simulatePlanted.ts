import { join } from "node:path";
import pc from "picocolors";
import { hunt, seedsFor, type Hunt } from "../simulation/planted/hunt";
import { plantedBugsPage } from "../simulation/planted/page";
import { runSeed } from "../simulation/planted/seedRun";
import { WorkingCopies } from "../simulation/planted/workingCopies";
import { huntLine, huntsSummary } from "./simulatePlantedReport";
import { SIMULATE_PLANTED_USAGE, simulatePlantedOptions, type SimulatePlantedOptions } from "./simulatePlantedOptions";

const PROJECT_FOLDER = join(__dirname, "..");

/** `npm run simulate:planted`: hunts every bug until all are done or a signal comes. Answers whether all were found. */
async function main(): Promise<boolean> {
  const options = simulatePlantedOptions(process.argv.slice(2));
  if (options === "help") return (console.log(SIMULATE_PLANTED_USAGE), true);
  if (options.list) return (process.stdout.write(plantedBugsPage(options.bugs)), true);
  const giveUp = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => giveUp.abort(new Error("Stopped before the end.")));
  }
  const copies = new WorkingCopies(PROJECT_FOLDER);
  try {
    return await huntAll(options, copies, giveUp.signal);
  } finally {
    copies.remove();
  }
}

async function huntAll(
  { bugs, seeds, orders }: SimulatePlantedOptions,
  copies: WorkingCopies,
  signal: AbortSignal,
): Promise<boolean> {
  const clean = new Set<number>();
  const run = (folder: string, seed: number) => runSeed({ folder, seed, orders, signal });
  const isClean = async (seed: number): Promise<boolean> => {
    if (clean.has(seed)) return true;
    const control = await run(copies.clean, seed);
    if (control.end === "crashed") throw new Error(`Without any bug, the pipeline did not run: ${control.said}`);
    if (control.end === "broken") return (console.log(pc.red(control.violations[0]?.sentence ?? "")), false);
    clean.add(seed);
    return true;
  };

  const startedAt = performance.now();
  const [first] = seeds;
  if (first !== undefined && !(await isClean(first)))
    throw new Error(`Without any bug, seed ${first} breaks a promise.`);
  console.log(
    `Without a bug, seed ${first} keeps every promise. Hunting ${bugs.length} bugs, ${orders} undertakings a run.`,
  );
  const hunts: Hunt[] = [];
  for (const bug of bugs) {
    const beganAt = performance.now();
    const end = await hunt(bug, seedsFor(bug, seeds), { plant: (planted) => copies.plant(planted), run, isClean });
    hunts.push(end);
    console.log(huntLine(bug, end, performance.now() - beganAt));
  }
  console.log(huntsSummary(hunts, performance.now() - startedAt));
  return hunts.every(({ end }) => end === "found");
}

main().then(
  (found) => process.exit(found ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
