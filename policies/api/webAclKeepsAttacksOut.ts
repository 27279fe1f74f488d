import { at, listAt } from "../fields";
import { WEB_ACL } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** An empty ACL lets everything through, and a list of one's own is old after a month. */
export const webAclKeepsAttacksOut: ResourceRule = {
  name: "web-acl-keeps-attacks-out",
  what: "Every web ACL has rules that AWS keeps up to date, and one that bounds a single address.",
  why: "An empty ACL lets everything through, and a list of one's own is old after a month.",
  fix: "Give it a managed rule group and a rate-based rule.",
  severity: "high",
  controls: ["FSBP-WAF.10"],
  types: [WEB_ACL],
  problems: ({ props }) => {
    const rules = listAt(props, "rules");
    const has = (statement: string): boolean => rules.some((rule) => at(rule, "statement", statement) !== undefined);
    return [
      !has("managedRuleGroupStatement") && "has no rules that are kept up to date.",
      !has("rateBasedStatement") && "lets one address ask as often as it likes.",
    ];
  },
};
