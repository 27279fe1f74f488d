import type { Task } from "../../contracts/task";
import { FAILURE } from "./asl";
import { checkSaga } from "./check";
import type { PlannedCall, PlannedStep, Saga } from "./plan";
import { pathOf, refsAt, renderInput, type Refs } from "./pointers";
import { DEFAULT_RETRIES } from "./retryPolicy";
import type { CallPlan, FailureDocument, FencePlan, SagaOptions, StepPlan } from "./stepPlan";

/** The answer of an execution in which every step was done. */
export const COMPLETED = "COMPLETED";

type With<Doc, Key extends string, Out> = [Key] extends [never] ? Doc : Doc & Readonly<Record<Key, Out>>;
type NewKey<Doc, Key extends string> = Key extends keyof Doc | typeof FAILURE ? never : Key;
type AnySaga = Omit<Saga, "types">;

/**
 * Starts a saga: steps that are done in order or, as soon as one of them fails, undone in reverse.
 *
 * @typeParam Input the document that an execution starts with
 * @typeParam Failure the codes that a saga which was undone can end with
 * @example saga<Order, "OUT_OF_STOCK" | "FAULT">("Order", { timeoutSeconds: 60, fault: "FAULT" }).step(…).build()
 */
export function saga<Input extends object, Failure extends string>(
  name: string,
  { timeoutSeconds, fault, retries }: SagaOptions<Failure>,
): NewSaga<Input, Failure> {
  return new NewSaga({ name, timeoutSeconds, fault, retries: { ...DEFAULT_RETRIES, ...retries }, steps: [] });
}

/** A saga that may be finished. */
export class Draft<Input, Failure extends string> {
  constructor(protected readonly plan: AnySaga) {}

  /** Names the task that ends every execution in which things were undone. It sees only the saga's input. */
  close<In>(task: Task<In, unknown>, plan: CallPlan<Input, NoInfer<In>>): Pick<Draft<Input, Failure>, "build"> {
    return new Draft({ ...this.plan, close: plannedCall(this.plan.name, task, plan) });
  }

  /** Checks the whole saga; throws one error that lists everything that is wrong. */
  build(): Saga<Input, typeof COMPLETED | Failure> {
    checkSaga(this.plan);
    return this.plan;
  }

  protected withStep(step: PlannedStep): AnySaga {
    return { ...this.plan, steps: [...this.plan.steps, step] };
  }
}

/** A saga that can still be undone: every step says how, and every rejection has an outcome. */
export class OpenSaga<Input, Doc, Failure extends string, Refusal extends string> extends Draft<Input, Failure> {
  step<In, Out, Code extends string, UndoIn = never, const Key extends string = never>(
    task: Task<In, Out, Code>,
    plan: StepPlan<
      Doc,
      [Refusal] extends [never] ? Doc : Input,
      NoInfer<In>,
      Exclude<NoInfer<Code>, Refusal>,
      UndoIn,
      Failure,
      Key & NewKey<Doc, Key>
    >,
  ): OpenSaga<Input, With<Doc, Key, Out>, Failure, Refusal> {
    const undo = plan.undo;
    return new OpenSaga(
      this.withStep({
        ...plannedCall(this.plan.name, task, plan),
        ...(plan.as === undefined ? {} : { as: plan.as }),
        ...("task" in undo ? { undo: plannedCall(this.plan.name, undo.task, undo) } : { nothingToUndo: undo.because }),
        rejections: plan.rejections ?? {},
        committed: false,
      }),
    );
  }

  /** The point of no return: what follows is retried patiently and never undone. */
  pivot(): CommittedSaga<Input, Doc, Failure> {
    return new CommittedSaga(this.plan);
  }
}

/** A saga without steps yet, which may get a fence. */
export class NewSaga<Input, Failure extends string> extends OpenSaga<Input, Input, Failure, never> {
  /**
   * Names the task that every way back passes first. Its answer decides: everything is undone, or the
   * saga had already come to its good end and nothing is.
   */
  fence<In, Out, const Refusal extends string, Verdict extends string>(
    task: Task<In, Out>,
    plan: FencePlan<Input, NoInfer<In>, NoInfer<Out>, Failure, Refusal, Verdict>,
  ): OpenSaga<Input, Input, Failure, Refusal> {
    const failure = refsAt<FailureDocument<Failure>>(`$.${FAILURE}`);
    const verdictPath = pathOf(plan.verdict(refsAt<Out>(`$.${FAILURE}.answer`)));
    if (verdictPath === undefined)
      throw new Error(`Saga "${this.plan.name}": fence: verdict must point into the answer.`);
    return new OpenSaga({
      ...this.plan,
      fence: {
        ...plannedCall(this.plan.name, task, { ...plan, input: (input: Refs<Input>) => plan.input(input, failure) }),
        refusal: plan.refusal,
        verdictPath,
        goesBackOn: plan.goesBackOn,
        endsWellOn: plan.endsWellOn,
      },
    });
  }
}

/** A saga past its pivot: it accepts only tasks that have no way to reject. */
export class CommittedSaga<Input, Doc, Failure extends string> extends Draft<Input, Failure> {
  step<In, Out, const Key extends string = never>(
    task: Task<In, Out>,
    plan: CallPlan<Doc, NoInfer<In>> & { readonly as?: Key & NewKey<Doc, Key> },
  ): CommittedSaga<Input, With<Doc, Key, Out>, Failure> {
    const as = plan.as === undefined ? {} : { as: plan.as };
    return new CommittedSaga(
      this.withStep({ ...plannedCall(this.plan.name, task, plan), ...as, rejections: {}, committed: true }),
    );
  }
}

function plannedCall<Doc>(
  sagaName: string,
  task: Task<unknown, unknown, string>,
  { input, timeoutSeconds = 3 }: CallPlan<Doc, unknown>,
): PlannedCall {
  try {
    return { task, input: renderInput(input(refsAt<Doc>())), timeoutSeconds };
  } catch (error) {
    throw new Error(`Saga "${sagaName}": the input of ${task.name}: ${(error as Error).message}.`, { cause: error });
  }
}
