import { METRIC_ALARM } from "../resourceTypes";
import type { StackRule } from "../rule";
import { actsFor } from "../watchedMetrics";

/** An alarm that only changes its colour is seen by nobody at night. */
export const alarmActs: StackRule = {
  name: "alarm-acts",
  what: "Every alarm tells somebody, by itself or through a composite alarm.",
  why: "An alarm that only changes its colour is seen by nobody at night.",
  fix: "Set alarmActions, or name the alarm in the rule of a composite alarm that has them.",
  severity: "high",
  controls: [],
  types: [METRIC_ALARM],
  problemsAmong: (alarm, stack) => !actsFor(alarm, stack) && "tells nobody.",
};
