import type { Catcher, ChoiceState, PassState, State, StateMachineDocument, TaskState } from "./document";
import type { PlannedCall, PlannedFence, PlannedStep, Saga } from "./plan";
import { retryFaults } from "./retryPolicy";

/** The field of the execution document in which the way back keeps what happened. */
export const FAILURE = "failure";

const COMPLETED = "Completed";
const UNDONE = "Undone";
const WAY_BACK = "Way back";
const NO_VERDICT = "No verdict";

type States<Resource> = Record<string, State<Resource>>;

/**
 * Renders a saga as Amazon States Language, query language JSONPath.
 *
 * `resourceOf` answers what goes into `Resource`: the bare ARN of the task's function (or an Output of
 * it). The bare ARN, and not `lambda:invoke`, makes the function's answer the result as it is, and its
 * error's name and JSON the `Error` and `Cause`:
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 *
 * The execution ends SUCCEEDED with `{ outcome }` when all steps were done or everything was undone. The
 * fence, the undos, the closing task and the steps past the pivot have no Catch on purpose: when one of
 * them runs out of attempts the execution ends FAILED, and whoever started it has to start it again.
 */
export function toAsl<Resource>(
  saga: Saga,
  resourceOf: (taskName: string) => Resource,
): StateMachineDocument<Resource> {
  return {
    Comment: `Generated from the saga ${saga.name}. Change the saga, not this document.`,
    StartAt: saga.steps[0]?.task.name ?? COMPLETED,
    TimeoutSeconds: saga.timeoutSeconds,
    States: new Rendering(saga, resourceOf).states(),
  };
}

/** One way of leaving a step badly. */
interface Setback {
  /** The error that is caught: a rejection's code, or States.ALL. */
  readonly error: string;
  /** The failure code that the saga then ends with. */
  readonly code: string;
  /** Where the undoing begins. */
  readonly undoFrom: string;
  /** JSONPath or intrinsic function that yields what the step said. */
  readonly cause: string;
}

class Rendering<Resource> {
  constructor(
    private readonly saga: Saga,
    private readonly resourceOf: (taskName: string) => Resource,
  ) {}

  states(): States<Resource> {
    const { steps } = this.saga;
    return {
      ...Object.assign({}, ...steps.map((step, index) => this.stepStates(step, index))),
      [COMPLETED]: { Type: "Pass", Parameters: { outcome: "COMPLETED" }, End: true },
      ...(steps.some(({ committed }) => !committed) ? this.wayBackStates() : {}),
    } as States<Resource>;
  }

  private stepStates(step: PlannedStep, index: number): States<Resource> {
    const { name } = step.task;
    const next = this.saga.steps[index + 1]?.task.name ?? COMPLETED;
    const resultPath = step.as === undefined ? null : `$.${step.as}`;
    const { forward, committed } = this.saga.retries;
    if (step.committed)
      return { [name]: { ...this.call(step, resultPath), Retry: retryFaults(committed), Next: next } };

    const setbacks = this.setbacks(step, index);
    const refused = step.task.rejections;
    return {
      [name]: {
        ...(step.nothingToUndo === undefined ? {} : { Comment: `Nothing to undo: ${step.nothingToUndo}.` }),
        ...this.call(step, resultPath),
        Retry: [...(refused.length > 0 ? [{ ErrorEquals: refused, MaxAttempts: 0 }] : []), ...retryFaults(forward)],
        Catch: setbacks.map((setback) => caught(setback.error, setbackName(setback, name))),
        Next: next,
      },
      ...Object.fromEntries(setbacks.map((setback) => [setbackName(setback, name), this.setbackState(setback, name)])),
    };
  }

  /**
   * A rejection promises that nothing happened, so undoing starts at the step before. A fault promises nothing,
   * so undoing starts at the step itself. Where there is a fence there are other runs: one may have come
   * further than this one and vanished with, say, a charge that nobody wrote down. So both a fault under a
   * fence and the fence's refusal start at the very last step; an undo is harmless where there is nothing to undo.
   */
  private setbacks(step: PlannedStep, index: number): readonly Setback[] {
    const { fence, fault, steps } = this.saga;
    const said = `$.${FAILURE}.Cause`;
    const last = fence === undefined ? index : steps.length - 1;
    return [
      ...step.task.rejections.map((error) =>
        error === fence?.refusal
          ? { error, code: fault, undoFrom: this.undoAt(steps.length - 1), cause: said }
          : { error, code: step.rejections[error] ?? fault, undoFrom: this.undoAt(index - 1), cause: said },
      ),
      // An error output "usually" has a Cause (https://states-language.net/spec.html#error-output), a timeout's may
      // lack it, and a path to nothing would fail the execution beyond any Catch: so the whole error output is the text.
      { error: "States.ALL", code: fault, undoFrom: this.undoAt(last), cause: `States.JsonToString($.${FAILURE})` },
    ];
  }

  /** The undo state of the nearest undoable step at or before `index`; without any, the end of the way back. */
  private undoAt(index: number): string {
    const step = this.saga.steps.slice(0, index + 1).findLast(({ undo }) => undo !== undefined);
    return step?.undo?.task.name ?? this.saga.close?.task.name ?? UNDONE;
  }

  private setbackState({ code, undoFrom, cause }: Setback, step: string): PassState {
    const { fence } = this.saga;
    const recorded = { step, code, "cause.$": cause, ...(fence === undefined ? {} : { undoFrom }) };
    return { Type: "Pass", Parameters: recorded, ResultPath: `$.${FAILURE}`, Next: fence?.task.name ?? undoFrom };
  }

  private wayBackStates(): States<Resource> {
    const { steps, fence, close, retries } = this.saga;
    const back = (call: PlannedCall, next: string): States<Resource> => ({
      [call.task.name]: { ...this.call(call, null), Retry: retryFaults(retries.back), Next: next },
    });
    const undos = steps.map(({ undo }, index) => (undo === undefined ? {} : back(undo, this.undoAt(index - 1))));
    return {
      ...(fence === undefined ? {} : this.fenceStates(fence)),
      ...Object.assign({}, ...undos.toReversed()),
      ...(close === undefined ? {} : back(close, UNDONE)),
      [UNDONE]: { Type: "Pass", Parameters: { "outcome.$": `$.${FAILURE}.code` }, End: true },
    } as States<Resource>;
  }

  private fenceStates(fence: PlannedFence): States<Resource> {
    return {
      [fence.task.name]: {
        ...this.call(fence, `$.${FAILURE}.answer`),
        Retry: retryFaults(this.saga.retries.back),
        Next: WAY_BACK,
      },
      [WAY_BACK]: this.wayBack(fence),
      [NO_VERDICT]: {
        Type: "Fail",
        Error: "NoVerdict",
        Cause: `${fence.task.name} answered neither ${fence.goesBackOn} nor ${fence.endsWellOn}.`,
      },
    };
  }

  private wayBack({ verdictPath, goesBackOn, endsWellOn }: PlannedFence): ChoiceState {
    const setbacks = this.saga.steps.flatMap((step, index) => (step.committed ? [] : this.setbacks(step, index)));
    const entries = [...new Set(setbacks.map(({ undoFrom }) => undoFrom))];
    return {
      Type: "Choice",
      Choices: [
        { Variable: verdictPath, StringEquals: endsWellOn, Next: COMPLETED },
        ...entries.map((entry) => ({
          And: [
            { Variable: verdictPath, StringEquals: goesBackOn },
            { Variable: `$.${FAILURE}.undoFrom`, StringEquals: entry },
          ],
          Next: entry,
        })),
      ],
      // Undoing a saga that came to its good end would be the worst mistake, so a doubt ends the execution.
      Default: NO_VERDICT,
    };
  }

  private call({ task, input, timeoutSeconds }: PlannedCall, resultPath: string | null) {
    return {
      Type: "Task",
      Resource: this.resourceOf(task.name),
      ...input,
      ResultPath: resultPath,
      TimeoutSeconds: timeoutSeconds,
    } satisfies Partial<TaskState<Resource>>;
  }
}

const setbackName = ({ error }: Setback, step: string): string =>
  `${error === "States.ALL" ? "Fault" : error} at ${step}`;

const caught = (error: string, next: string): Catcher => ({
  ErrorEquals: [error],
  ResultPath: `$.${FAILURE}`,
  Next: next,
});
