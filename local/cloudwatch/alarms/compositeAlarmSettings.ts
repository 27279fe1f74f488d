import { isFields } from "../../operationInput";
import type { Resource } from "../../resource";
import { parseAlarmRule, type ParsedRule } from "./alarmRule";

/** What keeps the actions of a composite alarm back, and for how long around it. */
export interface Suppressor {
  /** Name or ARN. */
  readonly alarm: string;
  /** How long actions wait for the suppressor to go off. */
  readonly waitSeconds: number;
  /** How long actions stay back after it. */
  readonly extensionSeconds: number;
}

/** What a composite alarm watches. */
export interface CompositeAlarmSettings {
  /** As it was given. */
  readonly ruleText: string;
  readonly rule: ParsedRule;
  readonly suppressor?: Suppressor;
}

/** Reads the inputs of a composite alarm; throws what CloudWatch would refuse, and what has no stand-in here. */
export function compositeAlarmSettings({ inputs }: Pick<Resource, "inputs">): CompositeAlarmSettings {
  const { alarmRule: ruleText, actionsSuppressor } = inputs;
  if (typeof ruleText !== "string") throw new Error("alarmRule must be a text.");
  const rule = parseAlarmRule(ruleText);
  if (actionsSuppressor === undefined) return { ruleText, rule };
  return { ruleText, rule, suppressor: suppressorOf(actionsSuppressor) };
}

function suppressorOf(given: unknown): Suppressor {
  const { alarm, waitPeriod, extensionPeriod } = isFields(given) ? given : {};
  if (typeof alarm !== "string") throw new Error("actionsSuppressor.alarm must name an alarm.");
  return {
    alarm,
    waitSeconds: seconds(waitPeriod, "waitPeriod"),
    extensionSeconds: seconds(extensionPeriod, "extensionPeriod"),
  };
}

function seconds(value: unknown, field: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`actionsSuppressor.${field} must be whole seconds, not ${JSON.stringify(value)}.`);
}
