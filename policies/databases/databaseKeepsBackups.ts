import { numberAt } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A bug that writes nonsense is often found after the weekend. */
export const databaseKeepsBackups: ResourceRule = {
  name: "database-keeps-backups",
  what: "Every database keeps backups for a week or longer.",
  why: "A bug that writes nonsense is often found after the weekend.",
  fix: "Set backupRetentionPeriod to 7 or more.",
  severity: "high",
  controls: ["AwsSolutions-RDS13", "FSBP-RDS.50"],
  types: [CLUSTER],
  settings: {
    fewestDays: { type: "integer", default: 7, description: "Days that backups are kept at least." },
  },
  problems: ({ props }, { fewestDays }) => {
    const days = numberAt(props, ["backupRetentionPeriod"], 1);
    return days < Number(fewestDays) && `keeps backups for ${days} days.`;
  },
};
