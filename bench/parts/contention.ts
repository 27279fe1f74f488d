import { anyProduct, oneProduct, stockUp } from "../catalogue";
import { Figures } from "../figure";
import { closedLoop } from "../loops";
import { type Conditions, type Findings, WIDE_OPEN } from "../part";
import { Shopper } from "../shopper";
import { closedTrial } from "../trial";
import type { Subject } from "../subject";

const LOAD = { atOnce: 32, count: 500 };
const QUICK_LOAD = { atOnce: 32, count: 250 };
const WARM_UP = { atOnce: 16, count: 1_000 };
const TENANTS = Array.from({ length: 20 }, (_, number) => `tenant-${number + 1}`);

/** Whether orders hinder each other when all want the same thing, or come from the same tenant. */
export async function measureContention({ start, runs, isQuick, say }: Conditions): Promise<Findings> {
  const subject = await start([...WIDE_OPEN, `tenants=${JSON.stringify(TENANTS)}`]);
  const figures = new Figures();
  try {
    await stockUp(subject);
    const everyTenant = subject.apiKeys;
    const oneTenant = Object.fromEntries(Object.entries(everyTenant).slice(0, 1));
    const crowds: readonly { readonly name: string; readonly shopper: Shopper }[] = [
      { name: "all products, many tenants", shopper: shopperOf(subject, everyTenant, anyProduct) },
      { name: "one product, many tenants", shopper: shopperOf(subject, everyTenant, oneProduct) },
      { name: "all products, one tenant", shopper: shopperOf(subject, oneTenant, anyProduct) },
    ];
    say(`warming up with ${WARM_UP.count} orders`);
    await closedLoop(WARM_UP, () => crowds[0]?.shopper.carry() ?? Promise.reject(new RangeError("no crowd")));
    for (let run = 1; run <= runs; run++) {
      for (const { name, shopper } of crowds) {
        say(`run ${run}: ${name}`);
        const { perSecond, finalP99Ms } = await closedTrial({ subject, shopper }, isQuick ? QUICK_LOAD : LOAD);
        const at = `, ${LOAD.atOnce} in flight, ${name}`;
        figures.add({ name: `orders to CONFIRMED${at}`, unit: "/s", better: "more" }, perSecond);
        figures.add({ name: `201 to final p99${at}`, unit: "ms", better: "less" }, finalP99Ms);
      }
    }
    crowds.forEach(({ shopper }) => shopper.close());
  } finally {
    await subject.stop();
  }
  return {
    figures: figures.all,
    remarks: [
      "Orders of one line. DynamoDB Local never cancels a transaction for another one, so what contention costs on AWS " +
        "is not in these figures: see docs/scaling.md.",
    ],
  };
}

function shopperOf(subject: Subject, apiKeys: Subject["apiKeys"], body: (number: number) => string): Shopper {
  return new Shopper({ ...subject, apiKeys }, body);
}
