import type { EventPattern } from "./eventPattern";
import type { Target } from "./target";

/** An event bus with its rules by name. */
export interface EventBus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdMs: number;
  readonly rules: Map<string, Rule>;
  /** Resource policy, JSON. */
  policy: string | undefined;
}

/** A rule with its targets by id. Has a pattern, a schedule, or both. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly pattern: EventPattern | undefined;
  readonly schedule: { readonly expression: string; readonly everyMs: number } | undefined;
  readonly targets: Map<string, Target>;
  enabled: boolean;
}

/** The bus that every account has, where AWS services and schedules put their events. */
export const DEFAULT_BUS = "default";

export function busArn(region: string, accountId: string, name: string): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}

/** The ARN of a rule; that of a rule on the default bus does not name the bus. */
export function ruleArn(region: string, accountId: string, { bus, rule }: { bus: string; rule: string }): string {
  return `arn:aws:events:${region}:${accountId}:rule/${bus === DEFAULT_BUS ? rule : `${bus}/${rule}`}`;
}

/** The name of a bus that is given by name or ARN; absent is the default bus. */
export function busName(nameOrArn: string | undefined): string {
  return nameOrArn?.split(":event-bus/").at(-1) ?? DEFAULT_BUS;
}
