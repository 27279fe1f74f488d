import { stockUp, twoLines } from "../catalogue";
import { Figures } from "../figure";
import { fill } from "../fill";
import { closedLoop } from "../loops";
import { type Conditions, type Findings, WIDE_OPEN } from "../part";
import { Shopper } from "../shopper";
import { closedTrial, consumersCaughtUp } from "../trial";

const SIZES = [1_000, 10_000, 50_000] as const;
const LOAD = { atOnce: 32, count: 800 };
const QUICK_LOAD = { atOnce: 32, count: 300 };
const WARM_UP = { atOnce: 16, count: 1_000 };
const PATTERNS = 100;

/** Whether orders take longer the more there are. */
export async function measureGrowth({ start, runs, isQuick, say }: Conditions): Promise<Findings> {
  const subject = await start(WIDE_OPEN);
  const figures = new Figures();
  const load = isQuick ? QUICK_LOAD : LOAD;
  try {
    await stockUp(subject);
    const shopper = new Shopper(subject, twoLines("all"));
    say(`warming up with ${WARM_UP.count} orders`);
    const carried = await closedLoop(WARM_UP, () => shopper.carry());
    let inTables = carried.length;
    const patterns = carried.slice(0, PATTERNS).map(({ orderId }) => orderId);
    for (const size of SIZES) {
      await consumersCaughtUp(subject);
      say(`filling up to ${size} orders`);
      await fill(subject, Math.max(0, size - inTables), patterns);
      inTables = Math.max(inTables, size);
      for (let run = 1; run <= runs; run++) {
        say(`run ${run} at ${inTables} orders`);
        const { perSecond, finalP50Ms, finalP99Ms } = await closedTrial({ subject, shopper }, load);
        inTables += load.count;
        const at = `, ${LOAD.atOnce} in flight, ${size} orders in the tables`;
        figures.add({ name: `orders to CONFIRMED${at}`, unit: "/s", better: "more" }, perSecond);
        figures.add({ name: `201 to final p50${at}`, unit: "ms", better: "less" }, finalP50Ms);
        figures.add({ name: `201 to final p99${at}`, unit: "ms", better: "less" }, finalP99Ms);
      }
    }
    shopper.close();
  } finally {
    await subject.stop();
  }
  const [few = 0, , many = 0] = SIZES.map((size) =>
    figures.median(`orders to CONFIRMED, ${LOAD.atOnce} in flight, ${size} orders in the tables`),
  );
  const ratio = `throughput at ${SIZES[2]} orders over that at ${SIZES[0]}`;
  figures.add({ name: ratio, unit: "×", better: "more", target: { least: 0.9 } }, many / few);
  return {
    figures: figures.all,
    remarks: ["The tables were filled with copies of final orders, their payments and their audit trail."],
  };
}
