import { setTimeout as wait } from "node:timers/promises";
import { stockUp, twoLines } from "../catalogue";
import { Figures } from "../figure";
import { closedLoop } from "../loops";
import { type Conditions, type Findings, WIDE_OPEN } from "../part";
import { memoryByRole } from "../processes";
import { Shopper } from "../shopper";
import type { Subject } from "../subject";
import { consumersCaughtUp } from "../trial";

const AT_ONCE = 32;
const MARKS = [1_000, 5_000, 10_000, 20_000] as const;
const QUICK_MARKS = [500, 1_000, 2_000] as const;
const SETTLING_MS = 3_000;

/** What the runtime holds at rest, under load, and whether that grows with the orders that it has seen. */
export async function measureMemory({ start, isQuick, say }: Conditions): Promise<Findings> {
  const subject = await start(WIDE_OPEN);
  const figures = new Figures();
  try {
    await stockUp(subject);
    await add(figures, subject, "at rest");
    const shopper = new Shopper(subject, twoLines("all"));
    let carried = 0;
    for (const mark of isQuick ? QUICK_MARKS : MARKS) {
      say(`up to ${mark} orders`);
      await closedLoop({ atOnce: AT_ONCE, count: mark - carried }, () => shopper.carry());
      carried = mark;
      await addUnderLoad(figures, subject, mark);
      await consumersCaughtUp(subject);
      await wait(SETTLING_MS);
      await add(figures, subject, `after ${mark} orders`);
    }
    shopper.close();
  } finally {
    await subject.stop();
  }
  if (!isQuick) addGrowth(figures);
  return {
    figures: figures.all,
    remarks: ["The database keeps its tables in memory, so that it grows with them; nothing else may grow."],
  };
}

async function addUnderLoad(figures: Figures, subject: Subject, mark: number): Promise<void> {
  const held = memoryByRole(subject.pid);
  if (held === undefined) return;
  figures.add({ name: `memory under load, runtime, ${mark} orders`, unit: "MB", better: "less" }, held.runtime);
  figures.add({ name: `memory under load, workers, ${mark} orders`, unit: "MB", better: "less" }, held.workers);
}

async function add(figures: Figures, subject: Subject, when: string): Promise<void> {
  const heapMb = (await subject.heapBytes()) / 2 ** 20;
  figures.add({ name: `heap of the runtime ${when}`, unit: "MB", better: "less" }, heapMb);
  const held = memoryByRole(subject.pid);
  if (held === undefined) return;
  figures.add({ name: `memory, runtime, ${when}`, unit: "MB", better: "less" }, held.runtime);
  figures.add({ name: `memory, workers, ${when}`, unit: "MB", better: "less" }, held.workers);
  figures.add({ name: `memory, database, ${when}`, unit: "MB", better: "less", isAside: true }, held.database);
}

function addGrowth(figures: Figures): void {
  const [, from, , to] = MARKS;
  const growth = (name: (mark: number) => string): number => figures.median(name(to)) / figures.median(name(from));
  const kind = { unit: "×", better: "less", target: { most: 1.1 } } as const;
  const name = `growth from ${from} to ${to} orders`;
  figures.add(
    { name: `heap of the runtime, ${name}`, ...kind },
    growth((mark) => `heap of the runtime after ${mark} orders`),
  );
  if (!figures.all.some((figure) => figure.name.startsWith("memory, runtime"))) return;
  figures.add({ name: `memory of runtime and workers, ${name}`, ...kind }, growthOfBoth(figures, from, to));
}

function growthOfBoth(figures: Figures, from: number, to: number): number {
  const both = (mark: number): number =>
    figures.median(`memory, runtime, after ${mark} orders`) + figures.median(`memory, workers, after ${mark} orders`);
  return both(to) / both(from);
}
