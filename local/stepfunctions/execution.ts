import type { Clock } from "../clock";
import type { Principal } from "../iam/access";
import type { Invoker } from "../invoker";
import { Deadline, Ended } from "./deadline";
import type { Definition, StateDefinition } from "./definition";
import { callFunction } from "./functionCall";
import type { History } from "./history";
import { place, select, type Scope } from "./jsonPath";
import { Retries } from "./retries";
import { chosen, failure, left, passed, shaped, waitMs, type Step } from "./states";
import { boundedJson, runtimeError, StatesError, takes } from "./statesError";

/** How an execution ended. Outputs are values. */
export type Outcome =
  | { readonly status: "SUCCEEDED"; readonly output: unknown }
  | { readonly status: "FAILED"; readonly error?: string; readonly cause?: string }
  | { readonly status: "TIMED_OUT"; readonly error: string }
  | { readonly status: "ABORTED" };

/** What an execution runs in. */
export interface World {
  readonly clock: Clock;
  readonly invoker: Invoker;
  /** Who calls functions. */
  readonly principal: Principal;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly history: History;
}

/** What an execution starts with; `context` is the context object without its State. */
export interface Start {
  readonly definition: Definition;
  readonly input: unknown;
  readonly context: { readonly Execution: object; readonly StateMachine: object };
  readonly roleArn: string;
}

/** Express executions are cut off after five minutes, whatever their TimeoutSeconds says. */
const MAX_EXPRESS_SECONDS = 300;

/** One run of a state machine. Interprets the part of Amazon States Language that the lint lets through. */
export class Execution {
  private readonly deadline: Deadline;

  constructor(
    private readonly start: Start,
    private readonly world: World,
  ) {
    const { TimeoutSeconds = MAX_EXPRESS_SECONDS } = start.definition;
    this.deadline = new Deadline(world.clock, Math.min(TimeoutSeconds, MAX_EXPRESS_SECONDS));
  }

  /** Runs to the end; never rejects. */
  async run(): Promise<Outcome> {
    const { history } = this.world;
    const { input, roleArn } = this.start;
    // Between two waits the interpreter works, and a clock that ran fast meanwhile would let timeouts pass.
    const release = this.world.clock.busy();
    try {
      history.log("ExecutionStarted", { input, roleArn });
      history.tell("started", undefined, { input });
      const output = await this.states();
      history.log("ExecutionSucceeded", { output });
      history.tell("succeeded", undefined, { output });
      return { status: "SUCCEEDED", output };
    } catch (error) {
      return this.failed(error);
    } finally {
      this.deadline.close();
      release();
    }
  }

  /** Ends the execution; what its functions are doing goes on, but nothing follows. */
  stop(): void {
    this.deadline.end("stopped");
  }

  private failed(error: unknown): Outcome {
    const { history } = this.world;
    if (error instanceof Ended && error.why === "stopped") {
      history.log("ExecutionAborted");
      return { status: "ABORTED" };
    }
    if (error instanceof Ended) {
      history.log("ExecutionTimedOut", { error: "States.Timeout" });
      history.tell("timedOut");
      return { status: "TIMED_OUT", error: "States.Timeout" };
    }
    const { name, cause } = statesError(error);
    const said = { ...(name === "" ? {} : { error: name }), ...(cause === undefined ? {} : { cause }) };
    history.log("ExecutionFailed", said);
    history.tell("failed", undefined, said);
    return { status: "FAILED", ...said };
  }

  private async states(): Promise<unknown> {
    const { StartAt, States } = this.start.definition;
    let document = this.start.input;
    let next: string | undefined = StartAt;
    while (next !== undefined) {
      this.deadline.check();
      const state: StateDefinition | undefined = States[next];
      if (state === undefined) throw runtimeError(`The state '${next}' does not exist.`);
      ({ output: document, next } = await this.visit(next, state, document));
    }
    return document;
  }

  /** Enters a state, tries it as often as its Retry says, and leaves it, through its Catch if need be. */
  private async visit(name: string, state: StateDefinition, document: unknown): Promise<Step> {
    const { history, random, clock } = this.world;
    const { Type } = state;
    history.log(`${Type}StateEntered`, { name, input: document });
    history.tell("entered", name, { type: Type, input: document });
    const retries = new Retries(state.Retry ?? [], random);
    const entered = new Date(clock.now()).toISOString();
    for (;;) {
      const context = { ...this.start.context, State: { Name: name, EnteredTime: entered, RetryCount: retries.count } };
      try {
        return this.leave(name, state, await this.attempt(state, { document, context }));
      } catch (error) {
        if (error instanceof Ended) throw error;
        const problem = statesError(error);
        const delayMs = retries.delayMs(problem);
        if (delayMs === undefined) return this.leave(name, state, this.caught(name, state, document, problem));
        history.tell("retried", name, { error: problem.name, cause: problem.cause, delayMs, attempt: retries.count });
        await this.deadline.sleep(delayMs);
      }
    }
  }

  private leave(name: string, { Type }: StateDefinition, step: Step): Step {
    boundedJson(step.output, `The output of the state '${name}'`);
    if (Type !== "Fail") this.world.history.log(`${Type}StateExited`, { name, output: step.output });
    this.world.history.tell("exited", name, { output: step.output });
    return step;
  }

  private caught(name: string, state: StateDefinition, document: unknown, problem: StatesError): Step {
    const catcher = state.Catch?.find(({ ErrorEquals }) => takes(ErrorEquals, problem));
    if (catcher === undefined) throw problem;
    this.world.history.tell("caught", name, { error: problem.name, cause: problem.cause, next: catcher.Next });
    return { output: place(catcher.ResultPath, document, problem.output), next: catcher.Next };
  }

  private async attempt(state: StateDefinition, scope: Scope): Promise<Step> {
    switch (state.Type) {
      case "Task":
        return this.task(state, scope);
      case "Pass":
        return passed(state, scope);
      case "Choice":
        return chosen(state, scope);
      case "Wait":
        await this.deadline.sleep(waitMs(state, scope, this.world.clock.now()));
        return left(state, scope, select(state.InputPath, scope));
      case "Succeed":
        return left(state, scope, select(state.InputPath, scope));
      case "Fail":
        throw failure(state, scope);
    }
  }

  private async task(state: StateDefinition, scope: Scope): Promise<Step> {
    const result = await this.call(
      state,
      shaped(state.Parameters, { ...scope, document: select(state.InputPath, scope) }),
    );
    const selected = shaped(state.ResultSelector, { ...scope, document: result });
    return left(state, scope, place(state.ResultPath, scope.document, selected));
  }

  private async call({ Resource = "", TimeoutSeconds }: StateDefinition, input: unknown): Promise<unknown> {
    const { history, invoker, principal } = this.world;
    boundedJson(input, "The input of the task");
    history.log("LambdaFunctionScheduled", { input, resource: Resource, timeoutInSeconds: TimeoutSeconds });
    history.log("LambdaFunctionStarted");
    try {
      const late = (): Error => new StatesError("States.Timeout");
      const result = await this.deadline.wait(
        () => callFunction(invoker, { arn: Resource, principal }, input),
        TimeoutSeconds,
        late,
      );
      boundedJson(result, "The answer of the function");
      history.log("LambdaFunctionSucceeded", { output: result });
      return result;
    } catch (error) {
      if (error instanceof Ended) throw error;
      const { name, cause } = statesError(error);
      history.log(name === "States.Timeout" ? "LambdaFunctionTimedOut" : "LambdaFunctionFailed", {
        error: name,
        cause,
      });
      throw error;
    }
  }
}

function statesError(error: unknown): StatesError {
  return error instanceof StatesError ? error : runtimeError(String(error));
}
