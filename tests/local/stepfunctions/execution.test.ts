import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { arnOf, never, Thrown, throttled, workTask, world } from "./fixture";

const fault = (): never => {
  throw new Thrown("Boom");
};

const states = (StartAt: string, States: Record<string, object>, more: object = {}): object => ({
  StartAt,
  States,
  ...more,
});

describe("an execution", () => {
  it("calls a function with the state's input and answers what it answers", async () => {
    const { run, inputs } = await world(workTask(), { functions: { Work: ({ n }) => ({ doubled: n * 2 }) } });
    const { status, output } = await run({ n: 21 });
    assert.equal(status, "SUCCEEDED");
    assert.deepEqual(JSON.parse(output!), { doubled: 42 });
    assert.deepEqual(inputs, [{ n: 21 }]);
  });

  it("takes a function that answers nothing as one that answers null", async () => {
    const { run } = await world(workTask(), { functions: { Work: () => undefined } });
    assert.equal((await run()).output, "null");
  });

  describe("retries", () => {
    it("wait on the clock, each longer than the one before, up to the longest delay", async () => {
      const Retry = [
        { ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: 5 },
      ];
      const { run, calls, timesMs, events } = await world(workTask({ Retry }), { functions: { Work: fault } });
      const { status, error } = await run();
      assert.deepEqual([status, error, calls.length], ["FAILED", "Boom", 4]);
      assert.deepEqual(retryDelays(events), [2000, 4000, 5000]);
      assert.ok(timesMs[3]! - timesMs[0]! >= 11_000);
    });

    it("take a random part of the delay with full jitter", async () => {
      const Retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 4, MaxAttempts: 2, JitterStrategy: "FULL" }];
      const { run, events } = await world(workTask({ Retry }), { functions: { Work: fault }, random: () => 0.25 });
      await run();
      assert.deepEqual(retryDelays(events), [1000, 2000]);
    });

    it("count their attempts by retrier, not by state", async () => {
      const Retry = [
        { ErrorEquals: ["A"], MaxAttempts: 1 },
        { ErrorEquals: ["States.ALL"], MaxAttempts: 1 },
      ];
      const Work = (_: unknown, attempt: number): never => {
        throw new Thrown(["A", "B", "A"][attempt - 1]!);
      };
      const { run, calls } = await world(workTask({ Retry }), { functions: { Work } });
      assert.equal((await run()).error, "A");
      assert.equal(calls.length, 3);
    });

    it("never happen for an error whose first retrier allows none", async () => {
      const Retry = [
        { ErrorEquals: ["OutOfStock"], MaxAttempts: 0 },
        { ErrorEquals: ["States.ALL"], MaxAttempts: 5 },
      ];
      const Work = (): never => {
        throw new Thrown("OutOfStock");
      };
      const { run, calls } = await world(workTask({ Retry }), { functions: { Work } });
      assert.equal((await run()).error, "OutOfStock");
      assert.equal(calls.length, 1);
    });

    it("tell the task how many there were, in the context object", async () => {
      const Retry = [{ ErrorEquals: ["States.ALL"] }];
      const Parameters = { "count.$": "$$.State.RetryCount", "state.$": "$$.State.Name", "run.$": "$$.Execution.Name" };
      const Work = (input: object, attempt: number): object => (attempt < 3 ? fault() : input);
      const { run } = await world(workTask({ Retry, Parameters }), { functions: { Work } });
      const { output } = await run({}, { name: "mine" });
      assert.deepEqual(JSON.parse(output!), { count: 2, state: "Work", run: "mine" });
    });
  });

  describe("errors", () => {
    it("of a function keep its error's name, and have Lambda's JSON as their cause", async () => {
      const { run } = await world(workTask(), { functions: { Work: fault } });
      const { status, error, cause } = await run();
      assert.deepEqual([status, error], ["FAILED", "Boom"]);
      assert.deepEqual(JSON.parse(cause!), { errorType: "Boom", errorMessage: "Boom happened", trace: [] });
    });

    const names: [string, () => never, string][] = [
      ["a throttle", throttled, "Lambda.TooManyRequestsException"],
      ["a failure of Lambda", () => raise(new AwsError("Whatever", "no", 500)), "Lambda.ServiceException"],
      [
        "a function that does not exist",
        () => raise(new AwsError("ResourceNotFoundException", "no", 404)),
        "Lambda.ResourceNotFoundException",
      ],
      ["a refused call", () => raise(new AwsError("AccessDeniedException", "no", 403)), "Lambda.AWSLambdaException"],
      ["a call that never came through", () => raise(new Error("socket hang up")), "Lambda.SdkClientException"],
      ["a function's timeout", () => raise(new Thrown("Sandbox.Timedout")), "Sandbox.Timedout"],
    ];
    for (const [what, Work, name] of names) {
      it(`name ${what} as Step Functions does: ${name}`, async () => {
        const { run } = await world(workTask(), { functions: { Work } });
        assert.equal((await run()).error, name);
      });
    }

    const matches: [string, string, boolean][] = [
      ["Boom", "States.TaskFailed", true],
      ["States.Timeout", "States.TaskFailed", false],
      ["States.Timeout", "States.ALL", true],
      ["Sandbox.Timedout", "Lambda.Unknown", true],
      ["Runtime.ExitError", "Lambda.Unknown", true],
      ["Boom", "Lambda.Unknown", false],
      ["States.DataLimitExceeded", "States.ALL", false],
      ["States.DataLimitExceeded", "States.DataLimitExceeded", true],
    ];
    for (const [error, caught, taken] of matches) {
      it(`${error} is ${taken ? "" : "not "}caught by ${caught}`, async () => {
        const Catch = [{ ErrorEquals: [caught], Next: "Caught" }];
        const Work = (): unknown => {
          if (error === "States.Timeout") return never();
          if (error === "States.DataLimitExceeded") return "x".repeat(256 * 1024);
          throw new Thrown(error);
        };
        const { run } = await world(
          states("Work", {
            Work: { Type: "Task", Resource: arnOf("Work"), TimeoutSeconds: 1, Catch, End: true },
            Caught: { Type: "Succeed" },
          }),
          { functions: { Work } },
        );
        assert.equal((await run()).status, taken ? "SUCCEEDED" : "FAILED");
      });
    }

    it("are put where the catcher's ResultPath says, beside the state's input", async () => {
      const Catch = [{ ErrorEquals: ["States.ALL"], ResultPath: "$.problem.seen", Next: "Caught" }];
      const { run } = await world(
        states("Work", {
          Work: { Type: "Task", Resource: arnOf("Work"), Catch, End: true },
          Caught: { Type: "Pass", Parameters: { "id.$": "$.id", "error.$": "$.problem.seen.Error" }, End: true },
        }),
        { functions: { Work: fault } },
      );
      assert.deepEqual(JSON.parse((await run({ id: 7 })).output!), { id: 7, error: "Boom" });
    });

    it("in paths end the execution, whatever it catches", async () => {
      const more = { Parameters: { "a.$": "$.missing" }, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] };
      const { run, calls } = await world(
        states("Work", {
          Work: { Type: "Task", Resource: arnOf("Work"), ...more, End: true },
          Caught: { Type: "Succeed" },
        }),
      );
      const { status, error } = await run();
      assert.deepEqual([status, error, calls.length], ["FAILED", "States.Runtime", 0]);
    });

    it("of a Fail state are its Error and Cause", async () => {
      const { run } = await world(states("No", { No: { Type: "Fail", Error: "Refused", CausePath: "$.why" } }));
      const { status, error, cause } = await run({ why: "because" });
      assert.deepEqual([status, error, cause], ["FAILED", "Refused", "because"]);
    });
  });

  describe("time", () => {
    it("is up for a task after its timeout, and the late answer counts for nothing", async () => {
      const { run, events } = await world(workTask({ TimeoutSeconds: 5 }), { functions: { Work: never } });
      const { status, error, cause } = await run();
      assert.deepEqual([status, error, cause], ["FAILED", "States.Timeout", undefined]);
      const [first, last] = [events[0]!, events.at(-1)!];
      assert.ok(last.timeMs - first.timeMs >= 5000);
    });

    it("is up for the machine after its timeout, and nothing runs after it", async () => {
      let answer = (): void => undefined;
      const Work = (): Promise<void> => new Promise((resolve) => (answer = resolve));
      const Retry = [{ ErrorEquals: ["States.ALL"] }];
      const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Work2" }];
      const { run, calls, events } = await world(
        states(
          "Work",
          {
            Work: { Type: "Task", Resource: arnOf("Work"), Retry, Catch, Next: "Work2" },
            Work2: { Type: "Task", Resource: arnOf("Work2"), End: true },
          },
          { TimeoutSeconds: 3 },
        ),
        { functions: { Work } },
      );
      const { status, error } = await run();
      assert.deepEqual([status, error], ["TIMED_OUT", "States.Timeout"]);
      answer();
      await new Promise(setImmediate);
      assert.deepEqual(calls, ["Work"]);
      assert.equal(events.at(-1)!.what, "timedOut");
    });

    it("is up for the machine while it waits for its next try", async () => {
      const Retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 100 }];
      const { run, calls } = await world(
        { ...workTask({ Retry }), TimeoutSeconds: 10 },
        { functions: { Work: fault } },
      );
      assert.equal((await run()).status, "TIMED_OUT");
      assert.equal(calls.length, 1);
    });

    it("is up after five minutes for every Express execution", async () => {
      const { run } = await world(
        {
          ...states("Wait", { Wait: { Type: "Wait", Seconds: 400, End: true } }),
          TimeoutSeconds: 1000,
        },
        { speed: 5000 },
      );
      assert.equal((await run()).status, "TIMED_OUT");
    });

    it("passes in Wait states on the clock", async () => {
      const { run, clock } = await world(
        states("One", {
          One: { Type: "Wait", Seconds: 60, Next: "Two" },
          Two: { Type: "Wait", SecondsPath: "$.seconds", Next: "Three" },
          Three: { Type: "Wait", TimestampPath: "$.past", End: true },
        }),
        { speed: 2000 },
      );
      const beforeMs = clock.now();
      assert.equal((await run({ seconds: 30, past: "2020-01-01T00:00:00Z" })).status, "SUCCEEDED");
      assert.ok(clock.now() - beforeMs >= 90_000);
    });
  });

  it("is aborted when the service stops", async () => {
    const { run, service } = await world(workTask(), { functions: { Work: never } });
    const running = run();
    await service.stop();
    assert.equal((await running).status, "FAILED");
  });
});

function raise(error: Error): never {
  throw error;
}

function retryDelays(events: readonly { what: string; detail?: any }[]): number[] {
  return events.filter(({ what }) => what === "retried").map(({ detail }) => detail.delayMs);
}
