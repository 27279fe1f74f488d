import fc from "fast-check";
import { task } from "../../../contracts/task";
import type { Saga } from "../../../sagas/builder/plan";
import { saga } from "../../../sagas/builder/saga";
import { Thrown, type FakeFunction } from "../../local/stepfunctions/fixture";

/** What a step does when it is called: `flaky` breaks at its first attempt only, `lost` takes effect and then breaks. */
export type Behaviour = "done" | "flaky" | "rejected" | "refused" | "broken" | "lost";

export interface StepScript {
  readonly undoable: boolean;
  readonly committed: boolean;
  readonly behaviour: Behaviour;
}

export interface Script {
  readonly steps: readonly StepScript[];
  readonly fenced: boolean;
  readonly closed: boolean;
}

const open: fc.Arbitrary<StepScript> = fc.record({
  undoable: fc.boolean(),
  committed: fc.constant(false),
  behaviour: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Behaviour>("done", "flaky") },
    { weight: 2, arbitrary: fc.constantFrom<Behaviour>("rejected", "refused", "broken", "lost") },
  ),
});

const committed: fc.Arbitrary<StepScript> = fc.record({
  undoable: fc.constant(false),
  committed: fc.constant(true),
  behaviour: fc.constantFrom<Behaviour>("done", "flaky", "broken"),
});

/** Any saga of one to five steps that can be undone and up to two that cannot, and what happens to it. */
export const scripts: fc.Arbitrary<Script> = fc.record({
  steps: fc
    .tuple(fc.array(open, { minLength: 1, maxLength: 5 }), fc.array(committed, { maxLength: 2 }))
    .map(([before, after]) => [...before, ...after]),
  fenced: fc.boolean(),
  closed: fc.boolean(),
});

const once = { attempts: 2, intervalSeconds: 1, backoffRate: 1, maxDelaySeconds: 1 };

/** The saga of a script; tasks are called Do0, Undo0, Do1 and so on. */
export function sagaOf({ steps, fenced, closed }: Script): Saga {
  const options = { timeoutSeconds: 300, fault: "FAULT", retries: { forward: once, back: once, committed: once } };
  const input = ({ id }: any): any => ({ id });
  let draft: any = saga<{ id: string }, string>("Any", options);
  if (fenced) {
    draft = draft.fence(task("Fence"), {
      input: ({ id }: any, { step, code, cause }: any) => ({ id, step, code, cause }),
      refusal: "Refused",
      verdict: ({ verdict }: any) => verdict,
      goesBackOn: "BACK",
      endsWellOn: "DONE",
      timeoutSeconds: 1,
    });
  }
  steps.forEach(({ undoable, committed }, index) => {
    if (committed && steps[index - 1]?.committed === false) draft = draft.pivot();
    const undo = undoable
      ? { task: task(`Undo${index}`), input, timeoutSeconds: 1 }
      : { because: "there is nothing to undo" };
    const forward = task(`Do${index}`);
    draft = committed
      ? draft.step(forward, { input, timeoutSeconds: 1 })
      : draft.step(forward.rejecting("No", "Refused"), {
          input,
          undo,
          rejections: { No: `NO_${index}`, ...(fenced ? {} : { Refused: "REFUSED" }) },
          timeoutSeconds: 1,
        });
  });
  if (closed) draft = draft.close(task("Close"), { input, timeoutSeconds: 1 });
  return draft.build() as Saga;
}

/** Functions that behave as the script says, and the effects that they leave. */
export function functionsOf({ steps }: Script) {
  const effects = new Set<string>();
  const functions: Record<string, FakeFunction> = { Fence: () => ({ verdict: "BACK" }), Close: () => null };
  steps.forEach(({ behaviour }, index) => {
    functions[`Undo${index}`] = () => void effects.delete(`Do${index}`);
    functions[`Do${index}`] = (_, attempt) => {
      if (behaviour === "rejected") throw new Thrown("No");
      if (behaviour === "refused") throw new Thrown("Refused");
      if (behaviour === "broken" || (behaviour === "flaky" && attempt === 1)) throw new Thrown("Boom");
      effects.add(`Do${index}`);
      if (behaviour === "lost") throw new Thrown("Boom");
    };
  });
  return { effects, functions };
}
