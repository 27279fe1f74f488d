import { textAt } from "../fields";
import { TOPIC } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Messages that are under way tell customers' names and what went wrong. */
export const topicIsEncrypted: ResourceRule = {
  name: "topic-is-encrypted",
  what: "Every topic is encrypted at rest.",
  why: "Messages that are under way tell customers' names and what went wrong.",
  fix: "Set kmsMasterKeyId.",
  severity: "high",
  controls: [],
  types: [TOPIC],
  problems: ({ props }) => textAt(props, "kmsMasterKeyId") === "" && "is not encrypted.",
};
