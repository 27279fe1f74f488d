import type { StateValue } from "./verdict";

/** Looks an alarm up by name or ARN and answers its state. */
export type StateOf = (nameOrArn: string) => StateValue;

/** The rule of a composite alarm, read. */
export interface ParsedRule {
  /** Names or ARNs, each once, in the rule's order. */
  readonly children: readonly string[];
  /** Whether the rule holds. */
  holds(stateOf: StateOf): boolean;
}

const STATES: readonly StateValue[] = ["ALARM", "OK", "INSUFFICIENT_DATA"];
const MOST_CHILDREN = 100;

type Test = (stateOf: StateOf) => boolean;

/**
 * Reads a rule such as `ALARM("a") AND (NOT OK(b) OR TRUE)`. NOT binds strongest, then AND, then OR. Throws for what is
 * not a rule, for more than a hundred alarms and for AT_LEAST, which has no stand-in here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function parseAlarmRule(rule: string): ParsedRule {
  const reader = new RuleReader(rule);
  const test = reader.whole();
  const children = [...new Set(reader.children)];
  if (children.length > MOST_CHILDREN) throw new Error(`alarmRule must not name more than ${MOST_CHILDREN} alarms.`);
  return { children, holds: test };
}

class RuleReader {
  readonly children: string[] = [];
  private at = 0;

  constructor(private readonly rule: string) {}

  whole(): Test {
    const test = this.either();
    if (this.take(/\s*$/y) === undefined) throw this.unexpected();
    return test;
  }

  private either(): Test {
    let left = this.both();
    while (this.take(/\s*OR\b/y) !== undefined) {
      const [first, second] = [left, this.both()];
      left = (stateOf) => first(stateOf) || second(stateOf);
    }
    return left;
  }

  private both(): Test {
    let left = this.one();
    while (this.take(/\s*AND\b/y) !== undefined) {
      const [first, second] = [left, this.one()];
      left = (stateOf) => first(stateOf) && second(stateOf);
    }
    return left;
  }

  private one(): Test {
    if (this.take(/\s*NOT\b/y) !== undefined) {
      const test = this.one();
      return (stateOf) => !test(stateOf);
    }
    if (this.take(/\s*\(/y) !== undefined) {
      const test = this.either();
      if (this.take(/\s*\)/y) === undefined) throw this.unexpected();
      return test;
    }
    const word = this.take(/\s*(\w+)/y)?.[1];
    if (word === "TRUE" || word === "FALSE") return () => word === "TRUE";
    if (word === "AT_LEAST") throw new Error("the local runtime has no stand-in for AT_LEAST in an alarmRule.");
    const state = STATES.find((known) => known === word);
    if (state === undefined) throw this.unexpected();
    return this.inState(state);
  }

  /** A name with spaces or parentheses stands in quotes, where a backslash lets a quote be part of it. */
  private inState(state: StateValue): Test {
    const match = this.take(/\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^\s()"]+))\s*\)/y);
    const name = match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2];
    if (name === undefined) throw this.unexpected();
    this.children.push(name);
    return (stateOf) => stateOf(name) === state;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.rule);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match;
  }

  private unexpected(): Error {
    return new Error(`alarmRule cannot be read from "${this.rule.slice(this.at)}" on: ${this.rule}`);
  }
}
