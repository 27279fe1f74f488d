import { textAt } from "../fields";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever is woken by it has not read the code. */
export const alarmDescribesItself: ResourceRule = {
  name: "alarm-describes-itself",
  what: "Every alarm says what it means and what to do.",
  why: "Whoever is woken by it has not read the code.",
  fix: "Set alarmDescription, at least one sentence.",
  severity: "low",
  controls: [],
  types: [METRIC_ALARM, COMPOSITE_ALARM],
  settings: {
    fewestCharacters: { type: "integer", default: 40, description: "Characters that a description has at least." },
  },
  problems: ({ props }, { fewestCharacters }) =>
    textAt(props, "alarmDescription").length < Number(fewestCharacters) && "does not say what it means.",
};
