import { at } from "../fields";
import { EVENT_TARGET } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** EventBridge tries for a day at most, and not at all when the target refuses; then it drops the event. */
export const ruleTargetKeepsUndelivered: ResourceRule = {
  name: "rule-target-keeps-undelivered",
  what: "Every target of a rule has a queue for what cannot be delivered.",
  why: "EventBridge tries for a day at most, and not at all when the target refuses; then it drops the event.",
  fix: "Set deadLetterConfig to a queue.",
  severity: "high",
  controls: [],
  types: [EVENT_TARGET],
  problems: ({ props }) => at(props, "deadLetterConfig", "arn") === undefined && "drops what it cannot deliver.",
};
