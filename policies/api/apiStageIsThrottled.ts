import { numberAt } from "../fields";
import { STAGE } from "../resourceTypes";
import type { StackRule } from "../rule";
import { settingsOf } from "../stageSettings";

/** One caller in a loop would use up the account's throughput, of all of its APIs. */
export const apiStageIsThrottled: StackRule = {
  name: "api-stage-is-throttled",
  what: "Every stage of an API bounds how much it takes.",
  why: "One caller in a loop would use up the account's throughput, of all of its APIs.",
  fix: 'Give the stage method settings for "*/*" with throttlingBurstLimit and throttlingRateLimit.',
  severity: "medium",
  controls: [],
  types: [STAGE],
  problemsAmong: (stage, stack) => {
    const bounded = settingsOf(stage, stack).some(
      (settings) =>
        numberAt(settings, ["throttlingBurstLimit"], -1) > 0 && numberAt(settings, ["throttlingRateLimit"], -1) > 0,
    );
    return !bounded && "takes whatever comes.";
  },
};
