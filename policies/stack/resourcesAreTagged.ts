import { at, parsed, textAt } from "../fields";
import {
  BUCKET,
  CLUSTER,
  EVENT_BUS,
  FUNCTION,
  KEY,
  LOG_GROUP,
  METRIC_ALARM,
  QUEUE,
  REST_API,
  ROLE,
  STAGE,
  STATE_MACHINE,
  TABLE,
  TOPIC,
  WEB_ACL,
} from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** The bill, a search and a clean-up all go by tags; what has none is nobody's. */
export const resourcesAreTagged: ResourceRule = {
  name: "resources-are-tagged",
  what: "Every resource that can have tags has those by which it is found.",
  why: "The bill, a search and a clean-up all go by tags; what has none is nobody's.",
  fix: "Set them once, for all, as aws:defaultTags of the stack.",
  severity: "low",
  controls: [],
  types: [
    FUNCTION,
    QUEUE,
    TOPIC,
    TABLE,
    BUCKET,
    KEY,
    STATE_MACHINE,
    REST_API,
    STAGE,
    LOG_GROUP,
    ROLE,
    EVENT_BUS,
    METRIC_ALARM,
    CLUSTER,
    WEB_ACL,
  ],
  settings: {
    requiredTags: {
      type: "array",
      items: { type: "string" },
      default: ["application", "stage"],
      description: "Names of the tags that every resource has.",
    },
  },
  problems: ({ props, provider }, { requiredTags }) => {
    const defaults = at(parsed(provider["defaultTags"] ?? "{}"), "tags");
    const missing = (requiredTags as readonly string[]).filter(
      (tag) => textAt(props, "tags", tag) === "" && textAt(defaults, tag) === "",
    );
    return missing.length > 0 && `has no tag ${missing.join(", ")}.`;
  },
};
