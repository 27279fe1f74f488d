import assert from "node:assert/strict";
import { stateMachineKind } from "../../../local/stepfunctions/stateMachineKind";
import { cloud, never, realise, Thrown, workTask, world } from "./fixture";

const machineArn = "arn:aws:states:eu-central-1:123456789012:stateMachine:machine-1234567";
const refusal =
  (code: string, message: RegExp = /./) =>
  (error: Error & { code?: string; status?: number }) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.equal(error.status, 400);
    return true;
  };

describe("StartSyncExecution", () => {
  it("answers the execution's ARN, times and billing", async () => {
    const { run } = await world(workTask(), { functions: { Work: () => 1 } });
    const answer = await run({ a: 1 }, { name: "order-7" });
    assert.match(
      answer["executionArn"] as string,
      /^arn:aws:states:eu-central-1:123456789012:express:machine-1234567:order-7:[0-9a-f-]{36}$/,
    );
    assert.equal(answer["stateMachineArn"], machineArn);
    assert.equal(answer["input"], '{"a":1}');
    const { billedDurationInMilliseconds, billedMemoryUsedInMB } = answer["billingDetails"] as Record<string, number>;
    assert.deepEqual([billedDurationInMilliseconds! % 100, billedMemoryUsedInMB], [0, 64]);
    const [startDate, stopDate] = [answer["startDate"] as number, answer["stopDate"] as number];
    assert.ok(startDate > 1e9 && startDate < 1e10 && stopDate >= startDate, "seconds since 1970");
  });

  it("answers a failed execution as an answer, with its status", async () => {
    const Work = (): never => {
      throw new Thrown("Boom");
    };
    const { run } = await world(workTask(), { functions: { Work } });
    assert.equal((await run()).status, "FAILED");
  });

  it("runs twice under the same name, also at once", async () => {
    const { run, calls } = await world(workTask(), { functions: { Work: () => 1 } });
    const [first, second] = await Promise.all([run({}, { name: "a" }), run({}, { name: "a" })]);
    assert.notEqual(first["executionArn"], second["executionArn"]);
    assert.deepEqual(calls, ["Work", "Work"]);
  });

  it("leaves the data out when only metadata is asked for", async () => {
    const { run } = await world(workTask(), { functions: { Work: () => 1 } });
    const answer = await run({}, { includedData: "METADATA_ONLY" });
    assert.deepEqual(
      [answer.output, answer["input"], answer["outputDetails"]],
      [undefined, undefined, { included: false }],
    );
  });

  it("takes an input of 256 KiB in UTF-8, and no byte more", async () => {
    const { call } = await world(workTask({ ResultPath: null }), { functions: { Work: () => 1 } });
    const text = (bytes: number): string => JSON.stringify("ü".repeat(bytes / 2 - 1));
    const { status } = await call("StartSyncExecution", { stateMachineArn: machineArn, input: text(256 * 1024) });
    assert.equal(status, "SUCCEEDED");
    const large = call("StartSyncExecution", { stateMachineArn: machineArn, input: text(256 * 1024 + 2) });
    await assert.rejects(large, refusal("ValidationException", /at 'input'.*262144/));
  });

  it("refuses what Step Functions refuses, by the same names", async () => {
    const { run, call } = await world(workTask());
    await assert.rejects(run({}, { name: "a b" }), refusal("InvalidName"));
    await assert.rejects(run({}, { name: "a/b" }), refusal("InvalidName"));
    await assert.rejects(run({}, { name: "x".repeat(81) }), refusal("InvalidName"));
    await assert.rejects(run({}, { input: "{" }), refusal("InvalidExecutionInput"));
    await assert.rejects(run({}, { stateMachineArn: "machine" }), refusal("InvalidArn"));
    await assert.rejects(
      run({}, { stateMachineArn: machineArn.replace("stateMachine", "activity") }),
      refusal("InvalidArn"),
    );
    await assert.rejects(run({}, { stateMachineArn: `${machineArn}x` }), refusal("StateMachineDoesNotExist"));
    await assert.rejects(run({}, { unheardOf: 1 }), refusal("ValidationException", /unheardOf/));
    await assert.rejects(call("StartSyncExecution", {}), refusal("ValidationException", /stateMachineArn/));
  });

  it("lets the clock run fast while a busy function waits for it: 250 s pass before this test times out", async () => {
    const wait = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 250, End: true } } };
    const { call, clock } = await world(wait, { speed: 2000 });
    const release = clock.busy();
    const caller = { roleArn: "arn:aws:iam::123456789012:role/function", trace: "Root=1-a" };
    assert.equal((await call("StartSyncExecution", { stateMachineArn: machineArn }, caller)).status, "SUCCEEDED");
    release();
  });

  it("lets one function that waits for many executions rest once, so that other work keeps the clock slow", async () => {
    const wait = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 250, End: true } } };
    const { call, clock } = await world(wait, { speed: 2000 });
    const waits = clock.busy();
    const works = clock.busy();
    const caller = { roleArn: "arn:aws:iam::123456789012:role/function", trace: "Root=1-a" };
    const ended = [1, 2, 3].map(() => call("StartSyncExecution", { stateMachineArn: machineArn }, caller));
    const before = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(clock.now() - before < 1_000);
    works();
    await Promise.all(ended);
    waits();
  });
});

describe("StartExecution", () => {
  it("answers at once, and the execution goes on", async () => {
    let done = (): void => undefined;
    const Work = (): Promise<void> => new Promise((resolve) => (done = resolve));
    const { call, events } = await world(workTask(), { functions: { Work } });
    const { executionArn, startDate } = await call("StartExecution", { stateMachineArn: machineArn, name: "a" });
    assert.ok(typeof startDate === "number" && executionArn.includes(":express:"));
    assert.deepEqual(
      events.map(({ what }) => what),
      ["started", "entered"],
    );
    done();
    while (events.at(-1)!.what !== "succeeded") await new Promise(setImmediate);
  });

  it("starts a second execution under the same name", async () => {
    const { call, calls, service } = await world(workTask(), { functions: { Work: never } });
    await call("StartExecution", { stateMachineArn: machineArn, name: "a" });
    await call("StartExecution", { stateMachineArn: machineArn, name: "a" });
    assert.equal(calls.length, 2);
    await service.stop();
  });
});

describe("the other operations", () => {
  it("describe and list state machines, page by page", async () => {
    const { call, service } = await world(workTask());
    await realise(service, workTask(), { name: "another" });
    const described = await call("DescribeStateMachine", { stateMachineArn: machineArn });
    assert.deepEqual([described.name, described.type, described.status], ["machine-1234567", "EXPRESS", "ACTIVE"]);
    assert.deepEqual(JSON.parse(described.definition), workTask());
    const first = await call("ListStateMachines", { maxResults: 1 });
    const second = await call("ListStateMachines", { maxResults: 1, nextToken: first.nextToken });
    const names = [...first.stateMachines, ...second.stateMachines].map(({ name }: { name: string }) => name);
    assert.deepEqual([names, second.nextToken], [["another", "machine-1234567"], undefined]);
  });

  it("know no executions of Express state machines", async () => {
    const { call, run } = await world(workTask(), { functions: { Work: () => 1 } });
    const { executionArn } = await run();
    await assert.rejects(
      call("ListExecutions", { stateMachineArn: machineArn }),
      refusal("StateMachineTypeNotSupported"),
    );
    for (const operation of ["DescribeExecution", "GetExecutionHistory", "StopExecution"]) {
      await assert.rejects(call(operation, { executionArn }), refusal("InvalidArn", /express/));
    }
  });
});

describe("aws.sfn.StateMachine", () => {
  const outputs = (inputs: Record<string, unknown>) =>
    stateMachineKind.outputs({ name: "saga", urn: "u", inputs, physicalName: "saga-1234567" }, cloud);

  it("is named as the program says, or by its prefix, or by its logical name", () => {
    assert.equal(outputs({ type: "EXPRESS", name: "orders" })["name"], "orders");
    assert.equal(outputs({ type: "EXPRESS", namePrefix: "orders-" })["name"], "orders-1234567");
    assert.equal(outputs({ type: "EXPRESS" })["name"], "saga-1234567");
    assert.equal(outputs({ type: "EXPRESS" }).id, "arn:aws:states:eu-central-1:123456789012:stateMachine:saga-1234567");
  });

  it("is refused when it is of the type STANDARD, which is the default", () => {
    assert.throws(() => outputs({}), /saga: .* EXPRESS, not "STANDARD"/);
  });

  it("is refused without the ending :* of its log destination", async () => {
    const { service } = await world(workTask());
    const loggingConfiguration = { level: "ALL", logDestination: "arn:aws:logs:eu-central-1:123456789012:log-group:g" };
    await assert.rejects(realise(service, workTask(), { loggingConfiguration }), /machine: .*logDestination.*":\*"/);
  });
});

describe("the log of an execution", () => {
  const logging = (level: string, includeExecutionData = true) => ({
    loggingConfiguration: {
      level,
      includeExecutionData,
      logDestination: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/vendedlogs/states/saga:*",
    },
  });
  const Retry = [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }];
  const once = (_: unknown, attempt: number): number => {
    if (attempt === 1) throw new Thrown("Boom");
    return 1;
  };
  const types = (lines: readonly { line: any }[]): string[] => lines.map(({ line }) => line.type);

  it("has every event at the level ALL, in the shape of the real logs", async () => {
    const { run, lines } = await world(workTask({ Retry }), { functions: { Work: once }, inputs: logging("ALL") });
    const { executionArn } = await run({ a: 1 });
    assert.deepEqual(types(lines), [
      "ExecutionStarted",
      "TaskStateEntered",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionFailed",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    const { group, stream, line } = lines[1]!;
    assert.equal(group, "/aws/vendedlogs/states/saga");
    assert.match(stream, /^states\/machine-1234567\/\d{4}-\d\d-\d\d-\d\d-\d\d\/00000000$/);
    assert.match(line.event_timestamp, /^\d{13}$/);
    assert.deepEqual(
      { ...line, event_timestamp: "" },
      {
        id: "2",
        type: "TaskStateEntered",
        details: { name: "Work", input: '{"a":1}', inputDetails: { truncated: false } },
        previous_event_id: "1",
        event_timestamp: "",
        execution_arn: executionArn,
        redrive_count: "0",
      },
    );
  });

  it("has the failures of tasks at the level ERROR, and only those of the execution at FATAL", async () => {
    const Work = (): never => {
      throw new Thrown("Boom");
    };
    const error = await world(workTask({ Retry }), { functions: { Work }, inputs: logging("ERROR") });
    await error.run();
    assert.deepEqual(types(error.lines), ["LambdaFunctionFailed", "LambdaFunctionFailed", "ExecutionFailed"]);
    const fatal = await world(workTask({ Retry }), { functions: { Work }, inputs: logging("FATAL") });
    await fatal.run();
    assert.deepEqual(types(fatal.lines), ["ExecutionFailed"]);
  });

  it("is empty at the level OFF, and without a logging configuration", async () => {
    for (const inputs of [logging("OFF"), {}]) {
      const { run, lines } = await world(workTask(), { functions: { Work: () => 1 }, inputs });
      await run();
      assert.equal(lines.length, 0);
    }
  });

  it("has no inputs, outputs and causes unless execution data is asked for", async () => {
    const { run, lines } = await world(workTask({ Retry }), {
      functions: { Work: once },
      inputs: logging("ALL", false),
    });
    await run({ secret: "4711" });
    assert.doesNotMatch(JSON.stringify(lines), /4711|happened/);
    assert.equal(lines[4]!.line.details.error, "Boom");
  });

  it("is told to the feed as well, with retries and their delays", async () => {
    const { run, events } = await world(workTask({ Retry }), { functions: { Work: once } });
    await run();
    const whats = events.map(({ what, state }) => `${what} ${state ?? ""}`.trim());
    assert.deepEqual(whats, ["started", "entered Work", "retried Work", "exited Work", "succeeded"]);
  });
});
