import { spoken, UsageError, type Terminal } from "../terminal";
import { compare, type Comparison } from "./comparison";
import { costText } from "./costText";
import { ENDINGS, type Ending } from "./endings";
import { measure, type Measured } from "./measure";
import { measuredTimes } from "./measuredTimes";
import { monthlyBill, type MonthlyBill } from "./monthlyBill";
import { COST_USAGE, costOptions, type CostOptions } from "./options";
import { PRICES, PRICES_OF } from "./prices";

/** Everything that `npm run cost` found out. */
export interface CostReport {
  readonly options: CostOptions;
  readonly measured: Measured;
  readonly bill: MonthlyBill;
  readonly comparison: Comparison;
}

/** `npm run cost`. Answers the exit code: 0, 1 when it could not measure, 2 for a wrong command line. */
export async function cost(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const options = costOptions(args);
    if (options === "help") return (terminal.say(COST_USAGE), 0);
    const { sample: orders, perSecond, stack, settings } = options;
    const measured = await measure({ orders, perSecond, stack, settings }, (text) => terminal.complain(text));
    const report = costReport(options, measured);
    terminal.say(options.json ? JSON.stringify(document(report)) : costText(report));
    return 0;
  } catch (error) {
    terminal.complain(error instanceof UsageError ? `${error.message}\n\n${COST_USAGE}` : spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Puts prices on what was measured. */
export function costReport(options: CostOptions, measured: Measured): CostReport {
  const { orders, mix } = options;
  const { monthly, sampling, memoryMb } = measured;
  const endings = Object.fromEntries(ENDINGS.map((ending) => [ending, measured.endings[ending].amongOthers]));
  const bill = monthlyBill({
    orders,
    mix,
    endings: endings as Record<Ending, (typeof endings)[string]>,
    monthly,
    sampling,
  });
  const { alone } = measured.endings.confirmed;
  const comparison = compare(alone, measuredTimes(alone, memoryMb), { orders, sampling });
  return { options, measured, bill, comparison };
}

/** As JSON: units of an order by ending, the bill, the comparison, and the prices they were made with. */
function document({ options, measured, bill, comparison }: CostReport): object {
  return { options, prices: { ...PRICES_OF, table: PRICES }, ...measured, bill, comparison };
}
