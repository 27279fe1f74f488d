import { businessMetric } from "../businessMetric";
import type { Metric } from "../metric";
import type { AlarmDefinition } from "./alarmDefinition";

/** Rows of the ledger for which there was no partition. */
export function ledgerRows(): Metric {
  return businessMetric("LedgerDefaultPartitionRows").with({ statistic: "Maximum" });
}

/** Of a stack with a ledger. Its maintenance measures once a day, and what it last found holds until it looks again. */
export function ledgerAlarms(): readonly AlarmDefinition[] {
  return [
    {
      id: "ledger-default-partition",
      meaning:
        "Orders came into the ledger for which there was no partition: the maintenance of partitions does not run, or " +
        "events of before the ledger were replayed. The next run moves them to partitions of their own.",
      severity: "today",
      firstStep: "See when maintainPartitions ran last and what it logged (npm run logs); docs/ledger.md has the rest.",
      watched: ledgerRows(),
      goesOff: "above",
      threshold: 0,
      ...{ periodSeconds: 3600, periods: 1, of: 1 },
      missing: "ignore",
      mail: "always",
    },
  ];
}
