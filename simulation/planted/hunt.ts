import type { PromiseName, Violation } from "../history";
import { NotPlantable, type PlantedBug } from "./plantedBug";
import type { SeedRun } from "./seedRun";

/** What became of the hunt for one bug. `unplanted`: it was never there to be found. */
export type Hunt =
  | {
      readonly end: "found";
      readonly seed: number;
      /** Seeds that were run, this one included. */
      readonly runs: number;
      readonly promises: readonly PromiseName[];
      readonly first: Violation;
    }
  | { readonly end: "survived"; readonly seeds: readonly number[] }
  | { readonly end: "unplanted"; readonly reason: string };

/** What hunting needs: copies of the project, and the simulator in them. */
export interface Grounds {
  /** Puts the bug into a copy and answers its folder. Throws NotPlantable. */
  plant(bug: PlantedBug): string;
  run(folder: string, seed: number): Promise<SeedRun>;
  /** Whether the project without a bug keeps every promise under this seed. Throws when it cannot tell. */
  isClean(seed: number): Promise<boolean>;
}

/**
 * Runs seed after seed against a planted bug until a checker finds a violation. A seed under which the clean project
 * breaks a promise too proves nothing and throws; so does a pipeline that falls over count for nothing, since no
 * checker has seen it.
 */
export async function hunt(bug: PlantedBug, seeds: readonly number[], grounds: Grounds): Promise<Hunt> {
  let folder: string;
  try {
    folder = grounds.plant(bug);
  } catch (error) {
    if (error instanceof NotPlantable) return { end: "unplanted", reason: error.message };
    throw error;
  }
  for (const [at, seed] of seeds.entries()) {
    const run = await grounds.run(folder, seed);
    if (run.end === "crashed") return { end: "unplanted", reason: `seed ${seed} had no verdict: ${run.said}` };
    if (run.end === "kept") continue;
    if (!(await grounds.isClean(seed))) throw new Error(`Without any bug, seed ${seed} breaks a promise.`);
    const [first] = run.violations;
    if (first === undefined) throw new Error("A broken run has a violation.");
    const promises = [...new Set(run.violations.map(({ promise }) => promise))];
    return { end: "found", seed, runs: at + 1, promises, first };
  }
  return { end: "survived", seeds };
}

/** The seeds for a bug: its own first, then the others. */
export function seedsFor({ seeds = [] }: PlantedBug, others: readonly number[]): number[] {
  return [...new Set([...seeds, ...others])];
}
