import { readdirSync, readFileSync } from "node:fs";

/** The parts of a running pipeline that have processes of their own, and who drives it. */
export const PROCESS_ROLES = ["workers", "database", "runtime", "load generator"] as const;

export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** By role. */
export type ByRole = Readonly<Record<ProcessRole, number>>;

/** What /proc counts CPU time in: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MS = 10;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
  /** Of children that have ended. */
  readonly endedCpuMs: number;
}

/**
 * CPU time in ms of the pipeline under this process, by role, since its processes began. Functions' processes that ended
 * count as workers. Linux only: elsewhere undefined.
 */
export function cpuByRole(pipelinePid: number): ByRole | undefined {
  const tree = treeOf(pipelinePid);
  if (tree === undefined) return undefined;
  const spent = { workers: 0, database: 0, runtime: 0, "load generator": ownCpuMs() };
  for (const { pid, cpuMs, endedCpuMs } of tree) {
    spent[roleOf(pid, pipelinePid)] += cpuMs;
    if (pid === pipelinePid) spent.workers += endedCpuMs;
  }
  return spent;
}

/** Memory in MB of the processes of each role; what they share with others counts in part (PSS). Linux only. */
export function memoryByRole(pipelinePid: number): ByRole | undefined {
  const tree = treeOf(pipelinePid);
  if (tree === undefined) return undefined;
  const held = { workers: 0, database: 0, runtime: 0, "load generator": 0 };
  for (const { pid } of tree) held[roleOf(pid, pipelinePid)] += shareMb(pid);
  return { ...held, "load generator": shareMb(process.pid) };
}

/** The process and all under it. */
function treeOf(root: number): readonly Stat[] | undefined {
  const all = everyStat();
  if (all === undefined) return undefined;
  const within = new Set([root]);
  // A child may have a smaller number than its parent once numbers begin anew.
  for (let grown = true; grown;) {
    const size = within.size;
    for (const { pid, parent } of all) if (within.has(parent)) within.add(pid);
    grown = within.size > size;
  }
  return all.filter(({ pid }) => within.has(pid));
}

function everyStat(): readonly Stat[] | undefined {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return undefined;
  }
  return entries.filter((entry) => /^\d+$/.test(entry)).flatMap((entry) => statOf(Number(entry)) ?? []);
}

/** Undefined when the process has ended. */
function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map((at) =>
    Number(fields[at]),
  );
  return { pid, parent, cpuMs: (utime + stime) * TICK_MS, endedCpuMs: (cutime + cstime) * TICK_MS };
}

function roleOf(pid: number, pipelinePid: number): ProcessRole {
  if (pid === pipelinePid) return "runtime";
  const command = read(`/proc/${pid}/cmdline`) ?? "";
  if (command.includes("DynamoDBLocal")) return "database";
  return command.includes("bootstrap.cjs") ? "workers" : "runtime";
}

function shareMb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? "")?.[1] ?? 0) / 1024;
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
