import { at } from "../fields";
import { STAGE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Without a line for each, nobody can tell who called, how often, and what was answered. */
export const apiStageLogsAccess: ResourceRule = {
  name: "api-stage-logs-access",
  what: "Every stage of an API logs each request.",
  why: "Without a line for each, nobody can tell who called, how often, and what was answered.",
  fix: "Set accessLogSettings.destinationArn.",
  severity: "medium",
  controls: ["AwsSolutions-APIG1"],
  types: [STAGE],
  problems: ({ props }) => at(props, "accessLogSettings", "destinationArn") === undefined && "logs no requests.",
};
