import type { RawLine } from "../../logs/readLines";

/** One try at a task. */
export interface Attempt {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** What goes into the function, and what comes out; absent when the log has no data. */
  readonly input?: unknown;
  readonly output?: unknown;
  /** The error's name, when it failed. */
  readonly error?: string;
  readonly cause?: string;
}

/** A state that an execution went through. */
export interface StateVisit {
  readonly name: string;
  /** Task, Pass, Choice, Succeed, Fail or Wait; absent when its entry is not logged. */
  readonly type?: string;
  readonly enteredAt?: string;
  readonly exitedAt?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly attempts: readonly Attempt[];
}

/** An execution of the state machine, as far as its log tells. */
export interface Execution {
  readonly executionArn: string;
  readonly name: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** SUCCEEDED, FAILED, TIMED_OUT or ABORTED; absent when its end is not logged. */
  readonly outcome?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly states: readonly StateVisit[];
  /** When each error happened that no state of the log belongs to, as at level ERROR. */
  readonly strayErrors: readonly Attempt[];
}

type Open<Of> = { -readonly [Key in keyof Of]: Of[Key] };
type OpenVisit = Open<Omit<StateVisit, "attempts">> & { attempts: Open<Attempt>[] };
type OpenExecution = Open<Omit<Execution, "states" | "strayErrors">> & {
  states: OpenVisit[];
  strayErrors: Open<Attempt>[];
};

/** A line of the log: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
interface HistoryLine {
  readonly id: string;
  readonly type: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly event_timestamp: string;
  readonly execution_arn: string;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionAborted: "ABORTED",
};

/** Reads the executions of an Express state machine out of its log, in the order in which they began. */
export function executionsIn(lines: readonly RawLine[]): Execution[] {
  const byArn = new Map<string, HistoryLine[]>();
  for (const line of lines.map(({ message }) => historyLine(message))) {
    if (line !== undefined) byArn.set(line.execution_arn, [...(byArn.get(line.execution_arn) ?? []), line]);
  }
  // Lines of one millisecond may come in any order; the ids count.
  return [...byArn].map(([arn, own]) =>
    executionOf(
      arn,
      own.sort((a, b) => Number(a.id) - Number(b.id)),
    ),
  );
}

function executionOf(executionArn: string, lines: readonly HistoryLine[]): Execution {
  const execution: OpenExecution = { executionArn, name: nameIn(executionArn), states: [], strayErrors: [] };
  for (const line of lines) note(execution, line);
  return execution;
}

function note(execution: OpenExecution, { type, details = {}, event_timestamp }: HistoryLine): void {
  const at = new Date(Number(event_timestamp)).toISOString();
  const said = saidIn(details);
  if (type === "ExecutionStarted") return void Object.assign(execution, { startedAt: at, ...said });
  const outcome = OUTCOMES[type];
  if (outcome !== undefined) return void Object.assign(execution, { endedAt: at, outcome, ...said });
  const [, stateType, way] = /^(\w+)State(Entered|Exited)$/.exec(type) ?? [];
  if (stateType !== undefined) return visit(execution, String(details["name"]), { type: stateType, way, at, said });
  const attempts = execution.states.at(-1)?.attempts ?? execution.strayErrors;
  const attempt = attempts.at(-1);
  switch (type.replace("LambdaFunction", "")) {
    case "Scheduled":
      return void attempts.push({ startedAt: at, ...said });
    case "Succeeded":
    case "Failed":
    case "TimedOut":
      if (attempt === undefined || attempt.endedAt !== undefined)
        attempts.push({ startedAt: at, endedAt: at, ...said });
      else Object.assign(attempt, { endedAt: at, ...said });
  }
}

function visit(
  { states }: OpenExecution,
  name: string,
  { type, way, at, said }: { type: string; way: string | undefined; at: string; said: object },
): void {
  const last = states.at(-1);
  if (way === "Exited" && last?.name === name) Object.assign(last, { exitedAt: at, ...said });
  else if (way === "Entered") states.push({ name, type, enteredAt: at, attempts: [], ...said });
}

const DATA = ["input", "output"];

/** Inputs and outputs are JSON in the JSON; one that was cut off stays a text. */
function saidIn(details: Readonly<Record<string, unknown>>): object {
  const said = Object.entries(details).filter(([name]) => DATA.includes(name) || name === "error" || name === "cause");
  return Object.fromEntries(said.map(([name, value]) => [name, DATA.includes(name) ? parsed(value) : value]));
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
}

function historyLine(text: string): HistoryLine | undefined {
  const value = parsed(text) as HistoryLine | null;
  return typeof value === "object" && value !== null && typeof value.execution_arn === "string" ? value : undefined;
}

/** `arn:aws:states:REGION:ACCOUNT:express:MACHINE:NAME:ID` */
function nameIn(executionArn: string): string {
  return executionArn.split(":")[7] ?? executionArn;
}
