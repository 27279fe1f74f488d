import { companionOf } from "../companions";
import { CLUSTER, CLUSTER_INSTANCE } from "../resourceTypes";
import type { StackRule } from "../rule";

/** When the one instance fails, the database is away until AWS has made another. */
export const productionDatabaseSpansZones: StackRule = {
  name: "production-database-spans-zones",
  what: "In production every database has an instance in reserve, in another zone.",
  why: "When the one instance fails, the database is away until AWS has made another.",
  fix: "Give the cluster a second instance.",
  severity: "medium",
  controls: ["FSBP-RDS.15"],
  types: [CLUSTER],
  inProductionOnly: true,
  problemsAmong: (cluster, stack) => {
    const { length } = companionOf(cluster, stack, {
      type: CLUSTER_INSTANCE,
      by: "clusterIdentifier",
      names: ["id", "clusterIdentifier"],
    });
    return length < 2 && `has ${length === 1 ? "one instance" : "no instance"}.`;
  },
};
