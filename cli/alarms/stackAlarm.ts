/** The states of an alarm, the worst first. */
export const STATES = ["ALARM", "INSUFFICIENT_DATA", "OK"] as const;

export type State = (typeof STATES)[number];

/** An alarm of the stack. */
export interface StackAlarm {
  /** What it is called in docs/runbook.md, or the whole name for one that is not there. */
  readonly name: string;
  /** In the account. */
  readonly alarmName: string;
  readonly state: State;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly reason: string;
  readonly description?: string;
  /** What it watches, a line for each metric and formula; of a composite alarm its rule. */
  readonly watches: readonly string[];
  /** When it goes off, in words. Absent for a composite alarm: its rule says it. */
  readonly goesOff?: string;
  /** Why its mails are held back, if they are. */
  readonly heldBack?: string;
  readonly actionsEnabled: boolean;
  /** Whether it only sends the mails of another alarm, which may be held back. */
  readonly onlyMails: boolean;
}

/** Something that happened to an alarm. */
export interface Happening {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The alarm, as in {@link StackAlarm.name}. */
  readonly name: string;
  readonly kind: "StateUpdate" | "ConfigurationUpdate" | "Action";
  readonly summary: string;
}

/** The worst first, within a state by name. */
export function worstFirst(alarms: readonly StackAlarm[]): StackAlarm[] {
  return [...alarms].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || (a.name < b.name ? -1 : 1));
}
