import { textAt } from "../fields";
import { METRIC_ALARM } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** By default an alarm without data says INSUFFICIENT_DATA, which is neither good nor bad and sends no mail. */
export const alarmSaysWhatSilenceMeans: ResourceRule = {
  name: "alarm-says-what-silence-means",
  what: "Every alarm says what a period without data means.",
  why: "By default an alarm without data says INSUFFICIENT_DATA, which is neither good nor bad and sends no mail.",
  fix: "Set treatMissingData.",
  severity: "medium",
  controls: [],
  types: [METRIC_ALARM],
  problems: ({ props }) => textAt(props, "treatMissingData") === "" && "does not say what missing data means.",
};
