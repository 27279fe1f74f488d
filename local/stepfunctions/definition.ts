/** A state machine's definition, as far as the runtime interprets it. Only the lint makes one from JSON. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
  readonly TimeoutSeconds?: number;
}

export interface StateDefinition {
  readonly Type: "Task" | "Pass" | "Choice" | "Wait" | "Succeed" | "Fail";
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly ResultPath?: string | null;
  readonly Next?: string;
  readonly End?: true;
  /** Task: a function's ARN. */
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly RetrierDefinition[];
  readonly Catch?: readonly CatcherDefinition[];
  /** Pass. */
  readonly Result?: unknown;
  /** Choice. */
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  /** Wait. */
  readonly Seconds?: number;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  /** Fail. */
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

export interface RetrierDefinition {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface CatcherDefinition {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
}

/** `{ And }`, `{ Or }`, `{ Not }` or `{ Variable, <one operator> }`; the outermost has a Next. */
export type ChoiceRule = Readonly<Record<string, unknown>>;
