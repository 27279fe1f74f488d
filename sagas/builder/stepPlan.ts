import type { Task } from "../../contracts/task";
import type { Pointer, Refs, Template } from "./pointers";
import type { RetryPolicies } from "./retryPolicy";

export interface SagaOptions<Failure extends string> {
  /** Seconds that an execution may take, 1 to 300. The worst case of all attempts must fit. */
  readonly timeoutSeconds: number;
  /** The failure code of a fault: a timeout, a crash, a thrown error that is not a rejection. */
  readonly fault: Failure;
  /** @default one retry either way, four past the pivot; see DEFAULT_RETRIES */
  readonly retries?: Partial<RetryPolicies>;
}

/** Why a step needs no compensation; the sentence is shown beside the step in the state machine, without its full stop. */
export interface NothingToUndo {
  readonly because: string;
}

/** What happened, for the input of the fence. */
export interface FailureDocument<Failure extends string> {
  /** The task that said no or broke. */
  readonly step: string;
  readonly code: Failure;
  /** A rejection's JSON from Lambda (errorType, errorMessage); for a fault, the JSON of Error and, where known, Cause. */
  readonly cause: string;
}

/** What is said about any task that a saga calls. */
export interface CallPlan<Doc, In> {
  readonly input: (doc: Refs<Doc>) => Template<In>;
  /** Seconds one attempt may take, the function's start included. @default 3 */
  readonly timeoutSeconds?: number;
}

/**
 * How to undo a step. It sees the document as it was before the step, because a step that timed out may
 * have taken effect without ever answering. Under a fence it sees only the saga's input, because a run that
 * finds the fence raised undoes steps that only another run has done.
 */
export type Undo<Before, In> = CallPlan<Before, NoInfer<In>> & { readonly task: Task<In, unknown> };

/** What is said about a task when it becomes the fence. */
export interface FencePlan<Input, In, Out, Failure extends string, Refusal extends string, Verdict extends string> {
  /** The rejection by which a step says that the fence stands already. Needs no outcome in the steps. */
  readonly refusal: Refusal;
  readonly input: (input: Refs<Input>, failure: Refs<FailureDocument<Failure>>) => Template<In>;
  /** The part of the fence's answer that decides. */
  readonly verdict: (answer: Refs<Out>) => Pointer<Verdict>;
  /** The verdict on which everything is undone. */
  readonly goesBackOn: NoInfer<Verdict>;
  /** The verdict on which the execution ends well, with nothing undone. */
  readonly endsWellOn: NoInfer<Verdict>;
  /** @default 3 */
  readonly timeoutSeconds?: number;
}

/** What is said about a step that can still be undone. */
export type StepPlan<Doc, UndoDoc, In, Code extends string, UndoIn, Failure extends string, Key> = CallPlan<Doc, In> & {
  /** The field of the document in which later steps find the answer; absent: the answer is thrown away. */
  readonly as?: Key;
  readonly undo: Undo<UndoDoc, UndoIn> | NothingToUndo;
} & ([Code] extends [never]
    ? { readonly rejections?: Readonly<Record<string, never>> }
    : { readonly rejections: Readonly<Record<Code, Failure>> });
