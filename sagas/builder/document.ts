/**
 * The part of Amazon States Language that sagas are rendered in: JSONPath, Task, Pass, Choice and Fail.
 * https://states-language.net/spec.html
 */
export interface StateMachineDocument<Resource = string> {
  readonly Comment: string;
  readonly StartAt: string;
  /** Seconds after which the whole execution is TIMED_OUT. */
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State<Resource>>>;
}

export type State<Resource = string> = TaskState<Resource> | PassState | ChoiceState | FailState;

export interface TaskState<Resource = string> {
  readonly Type: "Task";
  readonly Comment?: string;
  readonly Resource: Resource;
  readonly InputPath?: string;
  readonly Parameters?: object;
  /** Where the answer goes; null throws it away. */
  readonly ResultPath: string | null;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next: string;
}

export type PassState = {
  readonly Type: "Pass";
  readonly Parameters: object;
  readonly ResultPath?: string;
} & ({ readonly Next: string } | { readonly End: true });

export interface ChoiceState {
  readonly Type: "Choice";
  readonly Choices: readonly (Condition & { readonly Next: string })[];
  readonly Default: string;
}

export interface FailState {
  readonly Type: "Fail";
  readonly Error: string;
  readonly Cause: string;
}

export type Condition = Comparison | { readonly And: readonly Comparison[] };

export interface Comparison {
  readonly Variable: string;
  readonly StringEquals: string;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL";
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath: string;
  readonly Next: string;
}

/** The states that may follow a state. */
export function successors(state: State<unknown>): readonly string[] {
  switch (state.Type) {
    case "Task":
      return [state.Next, ...(state.Catch ?? []).map(({ Next }) => Next)];
    case "Pass":
      return "Next" in state ? [state.Next] : [];
    case "Choice":
      return [...state.Choices.map(({ Next }) => Next), state.Default];
    case "Fail":
      return [];
  }
}
