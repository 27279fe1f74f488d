import { at, listAt, textAt } from "../fields";
import { WEB_ACL } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A rule that turns good customers away is seen in its count, or not at all. */
export const webAclIsMeasured: ResourceRule = {
  name: "web-acl-is-measured",
  what: "Every web ACL and each of its rules counts what it turns away.",
  why: "A rule that turns good customers away is seen in its count, or not at all.",
  fix: "Set visibilityConfig.cloudwatchMetricsEnabled, of the ACL and of each rule.",
  severity: "low",
  controls: ["FSBP-WAF.12"],
  types: [WEB_ACL],
  problems: ({ props }) =>
    [props, ...listAt(props, "rules")]
      .filter((part) => at(part, "visibilityConfig", "cloudwatchMetricsEnabled") !== true)
      .map((part) =>
        part === props ? "is not measured." : `has the rule ${textAt(part, "name")}, which is not measured.`,
      ),
};
