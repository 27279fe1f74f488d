import { textAt } from "../fields";
import { STATE_MACHINE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** An express execution leaves no history: what is not logged never happened. */
export const stateMachineLogsItsExecutions: ResourceRule = {
  name: "state-machine-logs-its-executions",
  what: "Every state machine logs its executions.",
  why: "An express execution leaves no history: what is not logged never happened.",
  fix: "Set loggingConfiguration with a level and a logDestination.",
  severity: "medium",
  controls: ["AwsSolutions-SF1", "FSBP-StepFunctions.1"],
  types: [STATE_MACHINE],
  settings: {
    levels: {
      type: "array",
      items: { type: "string" },
      default: ["ALL", "ERROR"],
      description: "The levels that will do. ALL can cost more than the executions themselves.",
    },
  },
  problems: ({ props }, { levels }) => {
    const level = textAt(props, "loggingConfiguration", "level") || "OFF";
    return !(levels as readonly string[]).includes(level) && `logs at level ${level}.`;
  },
};
