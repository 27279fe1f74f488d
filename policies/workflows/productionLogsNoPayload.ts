import { at } from "../fields";
import { STATE_MACHINE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** That is what customers order and pay, in a log that many people may read. */
export const productionLogsNoPayload: ResourceRule = {
  name: "production-logs-no-payload",
  what: "In production no state machine logs what goes in and out of its states.",
  why: "That is what customers order and pay, in a log that many people may read.",
  fix: "Set loggingConfiguration.includeExecutionData to false.",
  severity: "high",
  controls: [],
  types: [STATE_MACHINE],
  inProductionOnly: true,
  problems: ({ props }) =>
    at(props, "loggingConfiguration", "includeExecutionData") === true && "logs what goes in and out.",
};
