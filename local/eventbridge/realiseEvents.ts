import type { Clock } from "../clock";
import type { PolicyBook } from "../iam/resourcePolicies";
import type { Resource } from "../resource";
import type { Rule } from "./eventBus";
import { DEFAULT_BUS } from "./eventBus";
import type { EventBuses } from "./eventBuses";
import { parseEventPattern } from "./eventPattern";
import { parseScheduleMs } from "./schedule";
import { readTarget } from "./target";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TARGETS_PER_RULE = 5;
const STATES = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];

/**
 * Creates what a resource declares.
 *
 * @throws Error that names the input which is wrong
 */
export function realiseEvents(
  resource: Resource,
  {
    buses,
    clock,
    policies,
  }: { readonly buses: EventBuses; readonly clock: Clock; readonly policies?: PolicyBook | undefined },
): void {
  switch (resource.type) {
    case "aws:cloudwatch/eventBus:EventBus":
      return realiseBus(resource, buses);
    case "aws:cloudwatch/eventRule:EventRule":
      return realiseRule(resource, buses);
    case "aws:cloudwatch/eventTarget:EventTarget":
      return realiseTarget(resource, buses);
    case "aws:cloudwatch/eventBusPolicy:EventBusPolicy":
      return realisePolicy(resource, buses, policies);
    case "aws:cloudwatch/eventArchive:EventArchive":
      return realiseArchive(resource, buses, clock);
    default:
      throw new Error(`EventBridge has no stand-in for ${resource.type}.`);
  }
}

function text(fields: Resource["inputs"], name: string): string | undefined {
  return fields[name] as string | undefined;
}

function realiseBus({ inputs, outputs }: Resource, buses: EventBuses): void {
  if (inputs["eventSourceName"] !== undefined) {
    throw new Error("the local runtime has no stand-in for partner buses, which eventSourceName asks for.");
  }
  buses.create(outputs["name"] as string, text(inputs, "description"));
}

function realiseRule({ inputs, outputs }: Resource, buses: EventBuses): void {
  const bus = buses.bus(text(inputs, "eventBusName"));
  const name = outputs["name"] as string;
  if (bus.rules.has(name)) throw new Error(`there is a rule named ${name} on the event bus ${bus.name} already.`);
  const pattern = text(inputs, "eventPattern");
  const expression = text(inputs, "scheduleExpression");
  if (pattern === undefined && expression === undefined) {
    throw new Error("a rule needs an eventPattern or a scheduleExpression.");
  }
  if (expression !== undefined && bus.name !== DEFAULT_BUS) {
    throw new Error(`scheduleExpression works on the default bus only, not on ${bus.name}.`);
  }
  const state = text(inputs, "state") ?? "ENABLED";
  if (!STATES.includes(state)) throw new Error(`state must be one of ${STATES.join(", ")}, not ${state}.`);
  const rule: Rule = {
    name,
    arn: outputs["arn"] as string,
    busName: bus.name,
    description: text(inputs, "description"),
    roleArn: text(inputs, "roleArn"),
    pattern: pattern === undefined ? undefined : parseEventPattern(pattern),
    schedule: expression === undefined ? undefined : { expression, everyMs: parseScheduleMs(expression) },
    targets: new Map(),
    enabled: state !== "DISABLED" && inputs["isEnabled"] !== false,
  };
  bus.rules.set(name, rule);
}

function realiseTarget({ inputs, outputs }: Resource, buses: EventBuses): void {
  const rule = buses.rule(text(inputs, "eventBusName"), inputs["rule"] as string);
  const target = readTarget(outputs["targetId"] as string, inputs);
  if (rule.targets.has(target.id)) throw new Error(`the rule ${rule.name} has a target ${target.id} already.`);
  if (rule.targets.size === TARGETS_PER_RULE) {
    throw new Error(`the rule ${rule.name} has ${TARGETS_PER_RULE} targets, and may have no more.`);
  }
  if (target.arn === buses.bus(rule.busName).arn)
    throw new Error(`a bus cannot be the target of its own rule ${rule.name}.`);
  rule.targets.set(target.id, target);
}

function realisePolicy({ inputs }: Resource, buses: EventBuses, policies: PolicyBook | undefined): void {
  const policy = inputs["policy"] as string;
  try {
    JSON.parse(policy);
  } catch {
    throw new Error("policy must be JSON.");
  }
  const bus = buses.bus(text(inputs, "eventBusName"));
  policies?.attach(bus.arn, policy);
  bus.policy = policy;
}

function realiseArchive({ inputs, outputs }: Resource, buses: EventBuses, clock: Clock): void {
  const pattern = text(inputs, "eventPattern");
  const retentionDays = inputs["retentionDays"] ?? 0;
  if (typeof retentionDays !== "number" || !Number.isInteger(retentionDays) || retentionDays < 0) {
    throw new Error(`retentionDays must be a whole number from 0, not ${JSON.stringify(retentionDays)}.`);
  }
  buses.addArchive({
    name: outputs["name"] as string,
    arn: outputs["arn"] as string,
    sourceArn: buses.bus(inputs["eventSourceArn"] as string).arn,
    description: text(inputs, "description"),
    pattern: pattern === undefined ? undefined : parseEventPattern(pattern),
    retentionDays,
    createdMs: clock.now(),
  });
}
