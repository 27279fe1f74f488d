import { numberAt } from "../fields";
import { LOG_GROUP } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Most intrusions are noticed weeks later, and then the log is all there is. */
export const productionLogsAreKept: ResourceRule = {
  name: "production-logs-are-kept",
  what: "In production every log group keeps its lines long enough to look into what happened.",
  why: "Most intrusions are noticed weeks later, and then the log is all there is.",
  fix: "Set retentionInDays to at least the rule's fewestDays.",
  severity: "medium",
  controls: [],
  types: [LOG_GROUP],
  inProductionOnly: true,
  settings: {
    fewestDays: { type: "integer", default: 90, description: "Days that production logs are kept at least." },
  },
  problems: ({ props }, { fewestDays }) => {
    const days = numberAt(props, ["retentionInDays"], 0);
    return days > 0 && days < Number(fewestDays) && `keeps its lines for ${days} days, under ${String(fewestDays)}.`;
  },
};
