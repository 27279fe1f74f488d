import { duration } from "../timelineText";
import type { Attempt, Execution, StateVisit } from "./executions";
import type { Row } from "./row";

/** What the log of the state machine tells of one execution. */
export function executionRows(execution: Execution): Row[] {
  const { name, startedAt, endedAt, outcome, error, cause, input, output, states, strayErrors } = execution;
  const row = rowsFrom(`saga ${name.split("-").at(-1) ?? ""}`.trimEnd());
  const took = startedAt === undefined || endedAt === undefined ? "" : `after ${between(startedAt, endedAt)}`;
  return [
    ...(startedAt === undefined ? [] : [row(startedAt, "execution began", name, { details: data({ input }) })]),
    ...states.flatMap((state) => stateRows(state, row)),
    ...strayErrors.map((attempt) => failedRow("a task", attempt, row)),
    ...(endedAt === undefined
      ? []
      : [
          row(endedAt, `execution ${outcome ?? "ended"}`, [took, error].filter(Boolean).join(", "), {
            tone: outcome === "SUCCEEDED" ? "plain" : "bad",
            details: data({ output, cause: outcome === "SUCCEEDED" ? undefined : cause }),
          }),
        ]),
  ];
}

type MakeRow = (at: string, what: string, said: string, rest?: Partial<Pick<Row, "tone" | "details">>) => Row;

function rowsFrom(from: string): MakeRow {
  return (at, what, said, rest = {}) => ({
    ...{ timeMs: Date.parse(at), from, what, said, tone: "plain", details: [] },
    ...rest,
  });
}

function stateRows({ name, type, enteredAt = "", exitedAt, input, output, attempts }: StateVisit, row: MakeRow): Row[] {
  if (type !== "Task") return [row(enteredAt, name, `${type?.toLowerCase()} state`, { tone: "dim", details: [] })];
  const tries = attempts.length === 1 ? "" : `, ${attempts.length} attempts`;
  return [
    row(enteredAt, `${name} entered`, "", { details: data({ input: attempts[0]?.input ?? input }) }),
    ...attempts.filter(({ error }) => error !== undefined).map((attempt) => failedRow(name, attempt, row, attempts)),
    ...(exitedAt === undefined
      ? []
      : [
          row(exitedAt, `${name} exited`, `after ${between(enteredAt, exitedAt)}${tries}`, {
            details: data({ output: attempts.length === 0 ? output : attempts.at(-1)?.output }),
          }),
        ]),
  ];
}

function failedRow(name: string, attempt: Attempt, row: MakeRow, attempts: readonly Attempt[] = []): Row {
  const { startedAt, endedAt = startedAt, error = "", cause } = attempt;
  const number = attempts.length > 1 ? `, attempt ${attempts.indexOf(attempt) + 1}` : "";
  const message = messageIn(cause);
  return row(endedAt, `${name} said ${error}${number}`, message ?? "", {
    tone: "warn",
    details: message === undefined ? data({ cause }) : [],
  });
}

/** What a function threw, as Lambda tells it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function messageIn(cause: string | undefined): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause ?? "") as { errorMessage?: unknown };
    return typeof errorMessage === "string" ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}

/** What is there; a task that answers nothing is logged as null. */
function data(values: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
}

function between(from: string, to: string): string {
  return duration(Date.parse(to) - Date.parse(from));
}
