import assert from "node:assert/strict";
import fc from "fast-check";
import { toAsl } from "../../../sagas/builder/asl";
import { arnOf, Thrown, world, type FakeFunction } from "../../local/stepfunctions/fixture";
import { functionsOf, sagaOf, scripts, type Script } from "./randomSaga";

interface Run {
  readonly calls: readonly string[];
  readonly effects: ReadonlySet<string>;
  readonly status: string;
  readonly outcome?: string;
}

async function run(script: Script): Promise<Run> {
  const { effects, functions } = functionsOf(script);
  const { run, calls } = await world(toAsl(sagaOf(script), arnOf), { functions, random: () => 0 });
  const { status, output } = await run({ id: "7" });
  return { calls, effects, status, ...(output === undefined ? {} : { outcome: JSON.parse(output).outcome }) };
}

/** The step that ends the way forward, or undefined. */
const failing = ({ steps }: Script): number | undefined => {
  const index = steps.findIndex(({ behaviour }) => behaviour !== "done" && behaviour !== "flaky");
  return index < 0 ? undefined : index;
};
const failsBack = (script: Script): boolean => script.steps[failing(script) ?? -1]?.committed === false;

const check = (which: fc.Arbitrary<Script>, test: (script: Script) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(which, test), { numRuns: 150 });

const undone = scripts.filter(failsBack);

describe("any saga", () => {
  it("leaves no effect of an undoable step behind once it has failed", () =>
    check(undone, async (script) => {
      const { effects, status } = await run(script);
      assert.equal(status, "SUCCEEDED");
      const left = script.steps.flatMap(({ undoable }, index) =>
        undoable && effects.has(`Do${index}`) ? [index] : [],
      );
      assert.deepEqual(left, []);
    }));

  it("undoes exactly once, in reverse, after everything forward: what was done, and under a fence what others may have done", () =>
    check(undone, async (script) => {
      const { calls } = await run(script);
      const last = failing(script)!;
      const { behaviour } = script.steps[last]!;
      const begun = script.steps
        .map((_, index) => index)
        .filter((index) => {
          if (behaviour === "rejected" || (behaviour === "refused" && !script.fenced)) return index < last;
          // Another run may have come further: where there is a fence, all is undone.
          return script.fenced ? !script.steps[index]!.committed : index <= last;
        });
      const undos = begun.filter((index) => script.steps[index]!.undoable).map((index) => `Undo${index}`);
      const back = [...(script.fenced ? ["Fence"] : []), ...undos.reverse(), ...(script.closed ? ["Close"] : [])];
      const forward = calls.findLastIndex((call) => call.startsWith("Do"));
      assert.deepEqual(calls.slice(forward + 1), back);
    }));

  it("calls a step once when it says no, and twice when it breaks", () =>
    check(undone, async (script) => {
      const { calls } = await run(script);
      const last = failing(script)!;
      const times = calls.filter((call) => call === `Do${last}`).length;
      assert.equal(times, ["rejected", "refused"].includes(script.steps[last]!.behaviour) ? 1 : 2);
    }));

  it("ends with the code of what went wrong, or COMPLETED, or fails past its pivot with nothing undone", () =>
    check(scripts, async (script) => {
      const { status, outcome, calls } = await run(script);
      const last = failing(script);
      if (last === undefined || !failsBack(script)) assert.ok(!calls.some((call) => /^(Undo|Fence|Close)/.test(call)));
      if (last === undefined) return assert.deepEqual([status, outcome], ["SUCCEEDED", "COMPLETED"]);
      if (!failsBack(script)) return assert.equal(status, "FAILED");
      const codes = { rejected: `NO_${last}`, refused: script.fenced ? "FAULT" : "REFUSED" };
      const { behaviour } = script.steps[last]!;
      assert.equal(outcome, codes[behaviour as keyof typeof codes] ?? "FAULT");
    }));

  it("runs in an interpreter written by others as it does in ours", async () => {
    const other = await otherInterpreter();
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const { calls, status, outcome } = await run(script);
        assert.deepEqual(await other(script), { calls, status, outcome });
      }),
      { numRuns: 60 },
    );
  });
});

/** aws-local-stepfunctions, which knows nothing of our clock: it retries at once. */
async function otherInterpreter() {
  // The package asks for a Node that has this function.
  (Promise as any).withResolvers ??= function withResolvers() {
    const parts: any = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
  };
  const { StateMachine } = await import("aws-local-stepfunctions");
  return async (script: Script) => {
    const calls: string[] = [];
    const { TimeoutSeconds: _, ...definition } = JSON.parse(JSON.stringify(toAsl(sagaOf(script), arnOf)));
    const { functions } = functionsOf(script);
    const overrides = {
      taskResourceLocalHandlers: Object.fromEntries(
        Object.entries(functions).map(([name, fake]) => [
          name,
          (input: unknown) => called(calls, name, () => fake(input, count(calls, name))),
        ]),
      ) as any,
      retryIntervalOverrides: Object.fromEntries(Object.keys(definition.States).map((name) => [name, 0])),
    };
    try {
      const { outcome } = (await new StateMachine(definition, { validationOptions: { noValidate: true } }).run(
        { id: "7" },
        { overrides },
      ).result) as any;
      return { calls, status: "SUCCEEDED", outcome };
    } catch {
      return { calls, status: "FAILED", outcome: undefined };
    }
  };
}

const count = (calls: readonly string[], name: string): number => calls.filter((call) => call === name).length;

async function called(calls: string[], name: string, fake: () => ReturnType<FakeFunction>): Promise<unknown> {
  calls.push(name);
  try {
    return (await fake()) ?? null;
  } catch (error) {
    throw error instanceof Thrown ? Object.assign(new Error(error.message), { name: error.errorType }) : error;
  }
}
