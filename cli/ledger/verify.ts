import { setTimeout as wait } from "node:timers/promises";
import { compare, type Comparison } from "./compare";
import type { Sources } from "./sources";

const AGAIN_AFTER_MS = 2_000;

/**
 * Compares until there is no difference, or until `withinSeconds` have passed: the ledger follows the orders by a few
 * seconds. The rows are read first, so that an order which comes in meanwhile is at most missing for now, never unknown.
 */
export async function verify(
  sources: Sources,
  {
    withinSeconds,
    pause = wait,
  }: { readonly withinSeconds: number; readonly pause?: (ms: number) => Promise<unknown> },
): Promise<Comparison> {
  for (let waitedMs = 0; ; waitedMs += AGAIN_AFTER_MS) {
    const rows = await sources.rows();
    const comparison = compare(await sources.orders(), rows);
    if (comparison.differences.length === 0 || waitedMs >= withinSeconds * 1000) return comparison;
    await pause(AGAIN_AFTER_MS);
  }
}
