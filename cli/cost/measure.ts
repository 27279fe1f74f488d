import type { MonthlyItem } from "../../local/meter/monthly";
import type { Resource } from "../../local/resource";
import { ROOMY_LIMITS } from "../simulationTarget";
import { startPipeline } from "../pipeline";
import { perOrder, type OrderLine, type Sampling } from "./bill";
import { bySettings, RECIPES, type Ending } from "./endings";
import { OrderDriver } from "./orderDriver";

export interface MeasureOptions {
  readonly stack: string;
  readonly settings: readonly string[];
  /** Orders of each ending that are placed in a row, and a second. */
  readonly orders: number;
  readonly perSecond: number;
}

/** What an order of one ending used: alone in the pipeline, and among others, where batches are shared. */
export interface MeasuredEnding {
  readonly alone: readonly OrderLine[];
  readonly amongOthers: readonly OrderLine[];
}

export interface Measured {
  readonly endings: Readonly<Record<Ending, MeasuredEnding>>;
  readonly monthly: readonly MonthlyItem[];
  readonly sampling: Sampling;
  /** Megabytes of each function, by its name in the account. */
  readonly memoryMb: Readonly<Record<string, number>>;
}

/** Orders that are placed before anything is measured, so that code is loaded and compiled; and those that are measured alone. */
const WARMING = 20;
const ALONE = 3;

/** Lambda looks at a stream four times a second: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const LOOKS_APART_MS = 250;

/**
 * Settings that a stack must be given, and those under which orders are looked at, and not limits. Nobody subscribes to
 * the customers' topic: that address would get every message.
 */
const GIVEN = ['tenants=["shop"]', "alarmEmail=operators@shop.example", "notificationEmail=none", ...ROOMY_LIMITS];

/** Runs pipelines of its own and has orders of every ending placed in them. Takes about two minutes. */
export async function measure(options: MeasureOptions, say: (text: string) => void): Promise<Measured> {
  const endings: Partial<Record<Ending, MeasuredEnding>> = {};
  let standing: Omit<Measured, "endings"> | undefined;
  for (const group of bySettings()) {
    const settings = [...GIVEN, ...group.flatMap((ending) => RECIPES[ending].settings), ...options.settings];
    const pipeline = await startPipeline({ stack: options.stack, settings, streamLooksApartMs: LOOKS_APART_MS });
    const driver = new OrderDriver(pipeline);
    try {
      await pipeline.runtime.prewarm();
      await driver.stockUp();
      for (const ending of group) {
        say(`measuring: ${RECIPES[ending].says}`);
        endings[ending] = await measureEnding(driver, ending, options);
      }
      const { resources } = pipeline.runtime;
      const monthly = pipeline.runtime.monthlyItems();
      standing ??= { monthly, sampling: samplingOf(resources), memoryMb: memoryOf(resources) };
    } finally {
      driver.close();
      await pipeline.stop();
    }
  }
  if (standing === undefined) throw new Error("There is nothing to measure.");
  return { endings: endings as Record<Ending, MeasuredEnding>, ...standing };
}

async function measureEnding(
  driver: OrderDriver,
  ending: Ending,
  { orders, perSecond }: MeasureOptions,
): Promise<MeasuredEnding> {
  const recipe = RECIPES[ending];
  await driver.run(recipe, WARMING, perSecond);
  const alone = perOrder(await driver.run(recipe, ALONE, 0), ALONE);
  const amongOthers = perOrder(await driver.run(recipe, orders, perSecond), orders);
  return { alone, amongOthers };
}

/** What the stack's sampling rule says; without one X-Ray takes the first of each second, and five of a hundred others. */
function samplingOf(resources: readonly Resource[]): Sampling {
  const rule = resources.find(({ type }) => type === "aws:xray/samplingRule:SamplingRule")?.inputs;
  return { reservoirPerSecond: Number(rule?.["reservoirSize"] ?? 1), share: Number(rule?.["fixedRate"] ?? 0.05) };
}

function memoryOf(resources: readonly Resource[]): Record<string, number> {
  const functions = resources.filter(({ type }) => type === "aws:lambda/function:Function");
  return Object.fromEntries(
    functions.map(({ inputs, outputs }) => [String(outputs["name"]), Number(inputs["memorySize"])]),
  );
}
