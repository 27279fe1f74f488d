import { stockUp, twoLines } from "../catalogue";
import { Figures } from "../figure";
import { closedLoop, openLoop } from "../loops";
import { type Conditions, type Findings, WIDE_OPEN } from "../part";
import { RawAccept } from "../rawAccept";
import { Shopper } from "../shopper";
import { percentile } from "../statistics";
import { consumersCaughtUp } from "../trial";
import { wallClockMs } from "../wallClock";

const RATES = [5, 20, 40] as const;
const SECONDS = 8;
const QUICK_SECONDS = 4;
const WARM_UP = { atOnce: 16, count: 1_000 };

/** How long a client waits for its 201, beside what the database alone takes for the same order. */
export async function measureApi({ start, runs, isQuick, say }: Conditions): Promise<Findings> {
  const subject = await start(WIDE_OPEN);
  const figures = new Figures();
  const seconds = isQuick ? QUICK_SECONDS : SECONDS;
  try {
    await stockUp(subject);
    const shopper = new Shopper(subject, twoLines("all"));
    say(`warming up with ${WARM_UP.count} orders`);
    const [first] = await closedLoop(WARM_UP, () => shopper.carry());
    const raw = await RawAccept.after(first?.orderId ?? "", subject);
    await closedLoop({ atOnce: 4, count: 200 }, () => raw.accept());
    for (let run = 1; run <= runs; run++) {
      for (const perSecond of RATES) {
        say(`run ${run}: ${perSecond} a second`);
        await consumersCaughtUp(subject);
        const accepts = await openLoop({ perSecond, seconds }, async (dueMs) => {
          const { acceptedMs, finalMs: _ } = await shopper.carry(dueMs);
          return acceptedMs - dueMs;
        });
        await consumersCaughtUp(subject);
        const calls = await openLoop({ perSecond, seconds }, async (dueMs) => {
          await raw.accept();
          return wallClockMs() - dueMs;
        });
        add(figures, perSecond, { accepts, calls });
      }
    }
    await raw.close();
    shopper.close();
  } finally {
    await subject.stop();
  }
  return {
    figures: figures.all,
    remarks: [
      "Latency counts from when a request was due (open loop). The raw calls are those that accepting makes, one after " +
        "the other: UpdateItem on the tenant's limit, BatchGetItem of the products, conditional PutItem of the order. " +
        "The whole saga follows each order, in both.",
    ],
  };
}

function add(
  figures: Figures,
  perSecond: number,
  { accepts, calls }: { readonly accepts: readonly number[]; readonly calls: readonly number[] },
): void {
  const at = `, ${perSecond}/s`;
  for (const percent of [50, 95, 99]) {
    const name = `POST to 201 p${percent}${at}`;
    figures.add({ name, unit: "ms", better: "less" }, percentile(accepts, percent));
  }
  figures.add({ name: `raw calls p50${at}`, unit: "ms", better: "less", isAside: true }, percentile(calls, 50));
  figures.add({ name: `raw calls p99${at}`, unit: "ms", better: "less", isAside: true }, percentile(calls, 99));
  const ratio = {
    name: `POST to 201 over raw calls, p50${at}`,
    unit: "×",
    better: "less",
    target: { most: 3 },
  } as const;
  figures.add(ratio, percentile(accepts, 50) / percentile(calls, 50));
}
