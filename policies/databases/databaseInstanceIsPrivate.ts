import { at } from "../fields";
import { CLUSTER_INSTANCE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever can reach it can try to get in, day and night. */
export const databaseInstanceIsPrivate: ResourceRule = {
  name: "database-instance-is-private",
  what: "No database can be reached from the internet.",
  why: "Whoever can reach it can try to get in, day and night.",
  fix: "Set publiclyAccessible to false.",
  severity: "critical",
  controls: ["FSBP-RDS.2"],
  types: [CLUSTER_INSTANCE],
  problems: ({ props }) => at(props, "publiclyAccessible") !== false && "may have an address on the internet.",
};
