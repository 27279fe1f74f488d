import { at, listAt, textAt } from "../fields";
import { CLUSTER, CLUSTER_PARAMETERS } from "../resourceTypes";
import type { StackRule } from "../rule";

/** Rows and tokens in the clear can be read by whatever stands between. */
export const databaseTakesTlsOnly: StackRule = {
  name: "database-takes-tls-only",
  what: "Every database refuses connections without TLS.",
  why: "Rows and tokens in the clear can be read by whatever stands between.",
  fix: 'Give the cluster a parameter group with "rds.force_ssl" at "1".',
  severity: "high",
  controls: [],
  types: [CLUSTER],
  problemsAmong: (cluster, stack) => {
    const name = textAt(cluster.props, "dbClusterParameterGroupName");
    const groups = stack
      .ofType(CLUSTER_PARAMETERS)
      .filter(
        (group) =>
          cluster.madeFrom("dbClusterParameterGroupName").includes(group) || textAt(group.props, "name") === name,
      );
    const parameters = groups.flatMap(({ props }) => listAt(props, "parameters"));
    const forced = parameters.some(
      (one) => textAt(one, "name") === "rds.force_ssl" && String(at(one, "value")) === "1",
    );
    return !forced && "takes connections in the clear.";
  },
};
