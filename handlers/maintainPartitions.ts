import { monthOf, monthsFrom, type Month } from "./ledger/month";
import { count, log } from "./telemetry";

/** The partitions of the ledger's orders. */
export interface Partitions {
  /** Times of creation of rows in the default partition: how many rows each month has there. */
  strays(): Promise<readonly { readonly month: Date; readonly rows: number }[]>;
  /** Makes the month's partition unless it is there, and moves rows of that month into it. Answers whether it was made. */
  ensure(month: Month): Promise<boolean>;
}

/** Months after this one whose partitions are there before they are needed: the schedule may fail for as long. */
export const MONTHS_AHEAD = 3;

/**
 * Makes the partitions of this month and of the next ones, and of each month that has rows in the default partition:
 * orders from before the ledger was there, replayed, or of a time that this schedule missed. How many rows were there is
 * a metric, at every run, so that an alarm can tell of it and be silent again.
 */
export function maintainPartitions({ partitions }: { readonly partitions: Partitions }) {
  return async (at: Date): Promise<void> => {
    const strays = await partitions.strays();
    const rows = strays.reduce((sum, stray) => sum + stray.rows, 0);
    count("LedgerDefaultPartitionRows", rows);
    const months = [...monthsFrom(at, MONTHS_AHEAD), ...strays.map(({ month }) => monthOf(month))];
    const made: string[] = [];
    for (const month of new Map(months.map((each) => [each.name, each])).values()) {
      if (await partitions.ensure(month)) made.push(month.name);
    }
    const level = rows > 0 ? "warn" : "info";
    log(level, "Looked after the partitions.", { made: made.join(", ") || "none", rowsInDefault: rows });
  };
}
