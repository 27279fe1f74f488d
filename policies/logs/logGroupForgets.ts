import { numberAt } from "../fields";
import { LOG_GROUP } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A group without an end keeps every line for ever, and is paid for every month. */
export const logGroupForgets: ResourceRule = {
  name: "log-group-forgets",
  what: "Every log group says how long it keeps its lines.",
  why: "A group without an end keeps every line for ever, and is paid for every month.",
  fix: "Set retentionInDays.",
  severity: "medium",
  controls: [],
  types: [LOG_GROUP],
  problems: ({ props }) => numberAt(props, ["retentionInDays"], 0) === 0 && "keeps its lines for ever.",
};
