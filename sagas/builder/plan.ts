import type { Task } from "../../contracts/task";
import type { RenderedInput } from "./pointers";
import type { RetryPolicies } from "./retryPolicy";

/** A finished saga: data only, ready to be rendered, drawn or deployed. */
export interface Saga<Input = unknown, Outcome extends string = string> {
  readonly name: string;
  /** Seconds that an execution may take; at most 300, the limit of an Express execution. */
  readonly timeoutSeconds: number;
  /** The failure code of every fault. */
  readonly fault: string;
  readonly retries: RetryPolicies;
  readonly steps: readonly PlannedStep[];
  readonly fence?: PlannedFence;
  readonly close?: PlannedCall;
  /** Never set at run time; carries the types to the compiler. */
  readonly types?: { readonly input: Input; readonly outcome: Outcome };
}

/** One call of a task. */
export interface PlannedCall {
  readonly task: Task<unknown, unknown, string>;
  readonly input: RenderedInput;
  /** Seconds that one attempt may take before it counts as a fault. */
  readonly timeoutSeconds: number;
}

export interface PlannedStep extends PlannedCall {
  /** The field of the document that keeps the answer; without it the answer is thrown away. */
  readonly as?: string;
  readonly undo?: PlannedCall;
  /** Why there is no `undo`, when there is none before the pivot. */
  readonly nothingToUndo?: string;
  /** Rejection code of the task, to the failure code that the saga then ends with. */
  readonly rejections: Readonly<Record<string, string>>;
  /** True after the pivot, when the saga can only go forward. */
  readonly committed: boolean;
}

export interface PlannedFence extends PlannedCall {
  /** The rejection by which any step says that the fence stands already. */
  readonly refusal: string;
  /** JSONPath to the answer's verdict. */
  readonly verdictPath: string;
  readonly goesBackOn: string;
  readonly endsWellOn: string;
}

/** A task that a saga calls, and the time it has: what a component needs to make and grant its function. */
export interface SagaTask {
  readonly name: string;
  readonly role: "step" | "undo" | "fence" | "close";
  /** Seconds that the state machine gives one attempt. */
  readonly timeoutSeconds: number;
  /**
   * Seconds that the function itself should be given: one less where that is possible, so that an
   * attempt which counts as a fault no longer runs when the next one begins.
   */
  readonly functionTimeoutSeconds: number;
}

/** Every task that a saga calls, once each, in the order in which an execution meets them. */
export function sagaTasks({ steps, fence, close }: Saga): readonly SagaTask[] {
  const undos = steps.flatMap(({ undo }) => undo ?? []).toReversed();
  return [
    ...steps.map((step) => sagaTask(step, "step")),
    ...(fence === undefined ? [] : [sagaTask(fence, "fence")]),
    ...undos.map((undo) => sagaTask(undo, "undo")),
    ...(close === undefined ? [] : [sagaTask(close, "close")]),
  ];
}

function sagaTask({ task, timeoutSeconds }: PlannedCall, role: SagaTask["role"]): SagaTask {
  return { name: task.name, role, timeoutSeconds, functionTimeoutSeconds: Math.max(1, timeoutSeconds - 1) };
}
