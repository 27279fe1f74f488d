import { priced, recordedShare, sumOf, traceStarts, unitsOf, type OrderLine, type Sampling } from "./bill";
import { SAME_WORK } from "./parts";
import { replacedLines, type MeasuredTimes } from "./replacedSystem";

/** A confirmed order of two lines, here and in the system that was replaced; dollars are those of a million of them. */
export interface Comparison {
  readonly ours: {
    readonly writeUnits: number;
    readonly sameWorkWriteUnits: number;
    readonly sameWork: number;
    readonly all: number;
  };
  readonly replaced: { readonly writeUnits: number; readonly dollars: number; readonly byUnit: readonly UnitDollars[] };
  /** Ours with audit trail, receipt and notification, in relation to theirs without. */
  readonly ratio: number;
}

interface UnitDollars {
  readonly unit: string;
  readonly ours: number;
  readonly replaced: number;
}

const MILLION = 1_000_000;

/** Compares the orders of a month of so many. */
export function compare(lines: readonly OrderLine[], times: MeasuredTimes, { orders, sampling }: Month): Comparison {
  const recorded = recordedShare(orders * traceStarts(lines), sampling);
  const ours = priced(lines, recorded, MILLION);
  const same = ours.filter(({ part }) => SAME_WORK.includes(part));
  const theirLines = replacedLines(times);
  const theirs = priced(theirLines, 1, MILLION);
  const units = [...new Set([...theirs, ...ours].map(({ unit }) => named(unit)))];
  return {
    ours: {
      writeUnits: unitsOf(lines, "writeUnit"),
      sameWorkWriteUnits:
        same.reduce((sum, { unit, quantity }) => sum + (unit === "writeUnit" ? quantity : 0), 0) / MILLION,
      sameWork: sumOf(same),
      all: sumOf(ours),
    },
    replaced: {
      writeUnits: unitsOf(theirLines, "writeUnit"),
      dollars: sumOf(theirs),
      byUnit: units.map((unit) => ({
        unit,
        ours: sumOf(ours.filter((line) => named(line.unit) === unit)),
        replaced: sumOf(theirs.filter((line) => named(line.unit) === unit)),
      })),
    },
    ratio: sumOf(ours) / sumOf(theirs),
  };
}

interface Month {
  readonly orders: number;
  readonly sampling: Sampling;
}

/** Whichever processor it runs on, it is a function's time. */
function named(unit: string): string {
  return unit === "lambdaMbMsX86" ? "lambdaMbMs" : unit;
}
