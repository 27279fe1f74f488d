import { stockUp, twoLines } from "../catalogue";
import { Figures } from "../figure";
import { closedLoop, openLoop } from "../loops";
import { type Conditions, type Findings, WIDE_OPEN } from "../part";
import { PROCESS_ROLES } from "../processes";
import { Shopper } from "../shopper";
import { closedTrial, consumersCaughtUp, measured, type Trial } from "../trial";

/** Orders in flight at once, and how many are carried in a run. */
const LOADS = [
  { atOnce: 1, count: 60, quickCount: 30 },
  { atOnce: 8, count: 300, quickCount: 150 },
  { atOnce: 32, count: 1_000, quickCount: 400 },
  { atOnce: 64, count: 1_000, quickCount: 400 },
] as const;

const WARM_UP = { atOnce: 16, count: 1_000 };
const STEADY = { perSecond: 20, seconds: 10 };

/** How many orders reach CONFIRMED, how fast, and which processes' time that takes. */
export async function measurePipeline({ start, runs, isQuick, say }: Conditions): Promise<Findings> {
  const subject = await start(WIDE_OPEN);
  const figures = new Figures();
  try {
    await stockUp(subject);
    const shopper = new Shopper(subject, twoLines("all"));
    say(`warming up with ${WARM_UP.count} orders`);
    await closedLoop(WARM_UP, () => shopper.carry());
    await consumersCaughtUp(subject);
    for (let run = 1; run <= runs; run++) {
      for (const { atOnce, count, quickCount } of LOADS) {
        say(`run ${run}: ${atOnce} in flight`);
        add(figures, atOnce, await closedTrial({ subject, shopper }, { atOnce, count: isQuick ? quickCount : count }));
      }
      say(`run ${run}: ${STEADY.perSecond} a second`);
      const steady = await measured(subject, () => openLoop(STEADY, (dueMs) => shopper.carry(dueMs)));
      addSteady(figures, steady);
    }
    shopper.close();
  } finally {
    await subject.stop();
  }
  return {
    figures: figures.all,
    remarks: [
      "Orders of two lines; trail, messages to customers, receipts, alarms and the saga's log are on. " +
        "In flight: from POST to the end of the saga. CPU holds what trail and messages do after that.",
    ],
  };
}

function add(figures: Figures, atOnce: number, trial: Trial): void {
  const at = `, ${atOnce} in flight`;
  const target = atOnce === 32 ? { target: { least: 80 } } : {};
  figures.add({ name: `orders to CONFIRMED${at}`, unit: "/s", better: "more", ...target }, trial.perSecond);
  figures.add(
    { name: `orders until all is told${at}`, unit: "/s", better: "more", isAside: true },
    trial.caughtUpPerSecond,
  );
  figures.add({ name: `201 to final p50${at}`, unit: "ms", better: "less" }, trial.finalP50Ms);
  figures.add({ name: `201 to final p99${at}`, unit: "ms", better: "less" }, trial.finalP99Ms);
  if (atOnce === 32) addCpu(figures, at, trial);
}

function addSteady(figures: Figures, trial: Trial): void {
  const at = `, ${STEADY.perSecond} orders/s`;
  const p50 = { name: `201 to final p50${at}`, unit: "ms", better: "less", target: { most: 250 } } as const;
  figures.add(p50, trial.finalP50Ms);
  figures.add({ name: `201 to final p99${at}`, unit: "ms", better: "less" }, trial.finalP99Ms);
  addCpu(figures, at, trial);
}

function addCpu(figures: Figures, at: string, { cpuMsPerOrder }: Trial): void {
  if (cpuMsPerOrder === undefined) return;
  const total = PROCESS_ROLES.reduce((sum, role) => sum + cpuMsPerOrder[role], 0);
  figures.add({ name: `CPU per order${at}`, unit: "ms", better: "less" }, total);
  for (const role of PROCESS_ROLES) {
    figures.add({ name: `CPU per order, ${role}${at}`, unit: "ms", better: "less" }, cpuMsPerOrder[role]);
  }
}
