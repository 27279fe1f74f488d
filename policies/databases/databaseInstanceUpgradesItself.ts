import { at } from "../fields";
import { CLUSTER_INSTANCE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** They close holes that are public from the day on which they come out. */
export const databaseInstanceUpgradesItself: ResourceRule = {
  name: "database-instance-upgrades-itself",
  what: "Every database takes its minor versions by itself.",
  why: "They close holes that are public from the day on which they come out.",
  fix: "Set autoMinorVersionUpgrade.",
  severity: "medium",
  controls: ["FSBP-RDS.13", "FSBP-RDS.35"],
  types: [CLUSTER_INSTANCE],
  problems: ({ props }) => at(props, "autoMinorVersionUpgrade") !== true && "waits for somebody to upgrade it.",
};
