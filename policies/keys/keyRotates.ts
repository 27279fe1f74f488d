import { at } from "../fields";
import { KEY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** The less is encrypted with one key, the less it is worth to whoever gets hold of it. */
export const keyRotates: ResourceRule = {
  name: "key-rotates",
  what: "Every key of the stack's own is replaced by itself, once a year.",
  why: "The less is encrypted with one key, the less it is worth to whoever gets hold of it.",
  fix: "Set enableKeyRotation.",
  severity: "medium",
  controls: ["AwsSolutions-KMS5"],
  types: [KEY],
  problems: ({ props }) => at(props, "enableKeyRotation") !== true && "is never replaced.",
};
