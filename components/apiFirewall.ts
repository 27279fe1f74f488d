import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";

/** Settings of an {@link ApiFirewall}. */
export interface ApiFirewallArgs {
  /** The stage of an API that stands behind it. */
  readonly stageArn: pulumi.Input<string>;
  /** Requests that one address may make in any five minutes, 10 to 2,000,000,000. */
  readonly requestsPerAddress: number;
}

/**
 * A web ACL before an API: it turns away addresses that ask too often or have a bad name, and requests that look like
 * known attacks. What it turns away reaches no function and is answered 403.
 */
export class ApiFirewall extends Component {
  constructor(name: string, { stageArn, requestsPerAddress }: ApiFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ApiFirewall", name, opts);
    refuse("ApiFirewall", name, [outside("requestsPerAddress", requestsPerAddress, [10, 2_000_000_000])]);
    const rules = [
      floods(requestsPerAddress),
      managed("AWSManagedRulesAmazonIpReputationList", 1),
      managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
      managed("AWSManagedRulesCommonRuleSet", 3, ONLY_COUNTED),
    ];
    const acl = new aws.wafv2.WebAcl(
      `${name}-acl`,
      {
        name: physicalName("api", ACL_NAME_MAX),
        description: "Keeps floods and known attacks from the API",
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules,
        visibilityConfig: measured("api"),
      },
      { parent: this },
    );
    new aws.wafv2.WebAclAssociation(
      `${name}-association`,
      { resourceArn: stageArn, webAclArn: acl.arn },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
const ACL_NAME_MAX = 128;

/** Services call without a name of their own as well as browsers with one. */
const ONLY_COUNTED = ["NoUserAgent_HEADER"];

type Rule = aws.types.input.wafv2.WebAclRule;

function floods(limit: number): Rule {
  return {
    ...{ name: "floods", priority: 0, action: { block: {} }, visibilityConfig: measured("floods") },
    statement: { rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit } },
  };
}

/**
 * A group of rules that AWS keeps up to date:
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
function managed(name: string, priority: number, onlyCounted: readonly string[] = []): Rule {
  const ruleActionOverrides = onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    ...{ name, priority, overrideAction: { none: {} }, visibilityConfig: measured(name) },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ruleActionOverrides } },
  };
}

/** Counted in CloudWatch, with samples: a rule that turns good customers away must be found. */
function measured(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
