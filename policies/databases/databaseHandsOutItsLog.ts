import { listAt } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Slow statements and refused connections are told there alone. */
export const databaseHandsOutItsLog: ResourceRule = {
  name: "database-hands-out-its-log",
  what: "Every database hands its log to CloudWatch.",
  why: "Slow statements and refused connections are told there alone.",
  fix: 'Set enabledCloudwatchLogsExports to ["postgresql"].',
  severity: "medium",
  controls: ["FSBP-RDS.37"],
  types: [CLUSTER],
  problems: ({ props }) =>
    !listAt(props, "enabledCloudwatchLogsExports").includes("postgresql") && "keeps its log to itself.",
};
