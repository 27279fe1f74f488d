import { spawn } from "node:child_process";
import type { Violation } from "../history";

/** How a seed ended in a copy of the project. `crashed`: there was no verdict, so nothing was judged. */
export type SeedRun =
  | { readonly end: "kept"; readonly totalMs: number }
  | { readonly end: "broken"; readonly totalMs: number; readonly violations: readonly Violation[] }
  | { readonly end: "crashed"; readonly said: string };

export interface SeedRunOptions {
  /** The copy of the project. */
  readonly folder: string;
  readonly seed: number;
  readonly orders: number;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** Of the wall. A run takes a minute at most; what takes five does not come to an end. */
const PATIENCE_MS = 300_000;
/** Of the wall: what a run that is ended may take to stop its processes. */
const GRACE_MS = 10_000;
/** Of what a crashed run said, in characters; its end tells most. */
const MOST_SAID = 600;

/** Runs one seed of the simulator in a copy of the project, in a process of its own. */
export async function runSeed({ folder, seed, orders, signal }: SeedRunOptions): Promise<SeedRun> {
  signal.throwIfAborted();
  const run = [
    "--require",
    "./register.cjs",
    "cli/simulate.ts",
    "--json",
    "--seed",
    `${seed}`,
    "--orders",
    `${orders}`,
  ];
  const child = spawn(process.execPath, run, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = `${said}${text}`.slice(-MOST_SAID)));
  const end = (): void => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  };
  const timer = setTimeout(() => {
    said += ` It was ended after ${PATIENCE_MS / 1000} s.`;
    end();
  }, PATIENCE_MS);
  signal.addEventListener("abort", end);
  try {
    await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
  signal.throwIfAborted();
  return judged(out, said);
}

/** Reads what `npm run simulate -- --json` printed. Without a verdict the pipeline did not come up, or fell over. */
export function judged(out: string, said: string): SeedRun {
  const verdict = verdictIn(out);
  if (verdict === undefined) return { end: "crashed", said: said.trim() || "It said nothing." };
  const { violations, totalMs } = verdict;
  return violations.length === 0 ? { end: "kept", totalMs } : { end: "broken", totalMs, violations };
}

function verdictIn(out: string): { violations: readonly Violation[]; totalMs: number } | undefined {
  try {
    const { violations, totalMs } = JSON.parse(out) as { violations?: readonly Violation[]; totalMs?: number };
    return violations === undefined || totalMs === undefined ? undefined : { violations, totalMs };
  } catch {
    return undefined;
  }
}
