import { holds } from "./choice";
import type { StateDefinition } from "./definition";
import { follow, place, select, type Scope } from "./jsonPath";
import { fill } from "./payloadTemplate";
import { runtimeError, StatesError } from "./statesError";

/** What a state leaves behind: the next state's input, and its name unless the execution is at its end. */
export interface Step {
  readonly output: unknown;
  readonly next?: string | undefined;
}

/** Leaves a state with a document, through its OutputPath. */
export function left({ OutputPath, Next }: StateDefinition, scope: Scope, document: unknown): Step {
  return { output: select(OutputPath, { ...scope, document }), next: Next };
}

/** The document through Parameters or ResultSelector, when the state has them. */
export function shaped(template: unknown, scope: Scope): unknown {
  return template === undefined ? scope.document : fill(template, scope);
}

/** A Pass state. */
export function passed(state: StateDefinition, scope: Scope): Step {
  const input = { ...scope, document: select(state.InputPath, scope) };
  const result = "Result" in state ? state.Result : shaped(state.Parameters, input);
  return left(state, scope, place(state.ResultPath, scope.document, result));
}

/** A Choice state: the first rule that holds decides. */
export function chosen(state: StateDefinition, scope: Scope): Step {
  const input = { ...scope, document: select(state.InputPath, scope) };
  const rule = state.Choices?.find((choice) => holds(choice, input));
  const next = rule === undefined ? state.Default : (rule["Next"] as string);
  if (next === undefined)
    throw new StatesError("States.NoChoiceMatched", "No choice matched, and there is no Default.");
  return { ...left(state, scope, input.document), next };
}

/** How long a Wait state waits. */
export function waitMs(state: StateDefinition, outer: Scope, nowMs: number): number {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
  const scope = { ...outer, document: select(state.InputPath, outer) };
  const seconds = SecondsPath === undefined ? Seconds : follow(SecondsPath, scope);
  if (typeof seconds === "number" && seconds >= 0) return seconds * 1000;
  const until = TimestampPath === undefined ? Timestamp : follow(TimestampPath, scope);
  const untilMs = typeof until === "string" ? Date.parse(until) : NaN;
  if (Number.isNaN(untilMs))
    throw runtimeError("The Wait state's time is neither a number of seconds nor a timestamp.");
  return Math.max(0, untilMs - nowMs);
}

/** What a Fail state fails with; a name or cause that it does not give is absent. */
export function failure({ Error: error, ErrorPath, Cause, CausePath }: StateDefinition, scope: Scope): StatesError {
  const name = ErrorPath === undefined ? (error ?? "") : follow(ErrorPath, scope);
  const cause = CausePath === undefined ? Cause : follow(CausePath, scope);
  if (typeof name !== "string") throw runtimeError("The ErrorPath of the Fail state must lead to a text.");
  if (cause !== undefined && typeof cause !== "string") {
    throw runtimeError("The CausePath of the Fail state must lead to a text.");
  }
  return new StatesError(name, cause);
}
