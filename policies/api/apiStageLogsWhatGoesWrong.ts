import { textAt } from "../fields";
import { STAGE } from "../resourceTypes";
import type { StackRule } from "../rule";
import { settingsOf } from "../stageSettings";

/** An answer 500 that no function gave has its reason nowhere else. */
export const apiStageLogsWhatGoesWrong: StackRule = {
  name: "api-stage-logs-what-goes-wrong",
  what: "Every stage of an API logs what goes wrong inside of the gateway, for all methods.",
  why: "An answer 500 that no function gave has its reason nowhere else.",
  fix: 'Give the stage method settings for "*/*" with loggingLevel ERROR or INFO.',
  severity: "medium",
  controls: ["AwsSolutions-APIG6", "FSBP-APIGateway.1"],
  types: [STAGE],
  problemsAmong: (stage, stack) => {
    const levels = settingsOf(stage, stack).map((settings) => textAt(settings, "loggingLevel"));
    return !levels.some((level) => ["ERROR", "INFO"].includes(level)) && "says nothing of what goes wrong.";
  },
};
