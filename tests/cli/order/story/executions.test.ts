import assert from "node:assert/strict";
import { executionRows } from "../../../../cli/order/story/executionRows";
import { executionsIn, type Execution } from "../../../../cli/order/story/executions";
import type { RawLine } from "../../../../cli/logs/readLines";

const ARN = "arn:aws:states:eu-central-1:000000000000:express:place-order:o-1-2:run";
const T = Date.parse("2026-11-20T10:00:00Z");

/** Lines as the state machine logs them, ten milliseconds apart. */
const logged = (events: readonly (readonly [type: string, details?: object])[], arn = ARN): RawLine[] =>
  events.map(([type, details], at) => ({
    ...{ id: `e-${at}`, group: "saga", timeMs: T + at * 10 },
    message: JSON.stringify({
      ...{ id: String(at + 1), type, previous_event_id: String(at), event_timestamp: String(T + at * 10) },
      ...{ ...(details && { details }), execution_arn: arn, redrive_count: "0" },
    }),
  }));
const thrown = (errorType: string, errorMessage: string) => JSON.stringify({ errorType, errorMessage, trace: [] });
const json = JSON.stringify;

const RETRIED = logged([
  ["ExecutionStarted", { input: json({ orderId: "o-1" }), inputDetails: { truncated: false }, roleArn: "arn" }],
  ["TaskStateEntered", { name: "ProcessPayment", input: json({ orderId: "o-1" }) }],
  ["LambdaFunctionScheduled", { input: json({ amountMinor: 1 }), resource: "arn", timeoutInSeconds: 3 }],
  ["LambdaFunctionStarted"],
  ["LambdaFunctionFailed", { error: "GatewayAway", cause: thrown("GatewayAway", "nobody answers") }],
  ["LambdaFunctionScheduled", { input: json({ amountMinor: 1 }), resource: "arn", timeoutInSeconds: 3 }],
  ["LambdaFunctionStarted"],
  ["LambdaFunctionSucceeded", { output: json({ transactionId: "t-1" }) }],
  ["TaskStateExited", { name: "ProcessPayment", output: json({ orderId: "o-1" }) }],
  ["PassStateEntered", { name: "Completed" }],
  ["PassStateExited", { name: "Completed", output: json({ outcome: "COMPLETED" }) }],
  ["ExecutionSucceeded", { output: json({ outcome: "COMPLETED" }) }],
]);

const told = (execution: Execution | undefined) =>
  executionRows(execution as Execution).map(({ timeMs, from, what, said, details, tone }) =>
    [`${timeMs - T}`, from, what, said, ...details.map(([label, value]) => `${label} ${json(value)}`), tone].join(
      " | ",
    ),
  );

describe("the executions in the state machine's log", () => {
  it("are told state by state, with each attempt's error, what went in and what came out", () => {
    assert.deepEqual(told(executionsIn(RETRIED)[0]), [
      '0 | saga 2 | execution began | o-1-2 | input {"orderId":"o-1"} | plain',
      '10 | saga 2 | ProcessPayment entered |  | input {"amountMinor":1} | plain',
      "40 | saga 2 | ProcessPayment said GatewayAway, attempt 1 | nobody answers | warn",
      '80 | saga 2 | ProcessPayment exited | after 70 ms, 2 attempts | output {"transactionId":"t-1"} | plain',
      "90 | saga 2 | Completed | pass state | dim",
      '110 | saga 2 | execution SUCCEEDED | after 110 ms | output {"outcome":"COMPLETED"} | plain',
    ]);
  });

  it("come out the same when lines arrive in another order, and apart when there are several", () => {
    const other = logged([["ExecutionStarted"], ["ExecutionAborted"]], ARN.replace("o-1-2", "o-1-1"));
    const mixed = executionsIn([...other, ...RETRIED].reverse());
    assert.deepEqual(
      mixed.map(({ name, outcome }) => [name, outcome]),
      [
        ["o-1-2", "SUCCEEDED"],
        ["o-1-1", "ABORTED"],
      ],
    );
    assert.deepEqual(mixed[0], executionsIn(RETRIED)[0]);
  });

  it("are told without data when the log has none, and without states when it has errors alone", () => {
    const errorsAlone = executionsIn(
      logged([
        ["LambdaFunctionTimedOut", { error: "States.Timeout" }],
        ["ExecutionFailed", { error: "States.Runtime", cause: "cannot undo" }],
      ]),
    );
    assert.deepEqual(told(errorsAlone[0]), [
      "0 | saga 2 | a task said States.Timeout |  | warn",
      '10 | saga 2 | execution FAILED | States.Runtime | cause "cannot undo" | bad',
    ]);
    const noData = executionsIn(logged([["ExecutionStarted", { roleArn: "arn" }], ["ExecutionTimedOut"]]));
    assert.deepEqual(told(noData[0]), [
      "0 | saga 2 | execution began | o-1-2 | plain",
      "10 | saga 2 | execution TIMED_OUT | after 10 ms | bad",
    ]);
  });

  it("leave a cut-off input as the text that it is, and pass over what is no line of an execution", () => {
    const [execution] = executionsIn([
      ...logged([["ExecutionStarted", { input: '{"orderId":"o', inputDetails: { truncated: true } }]]),
      { id: "x", group: "saga", timeMs: T, message: "no JSON" },
      { id: "y", group: "saga", timeMs: T, message: "null" },
    ]);
    assert.equal(execution?.input, '{"orderId":"o');
    assert.equal(executionsIn([{ id: "x", group: "saga", timeMs: T, message: '{"type":"x"}' }]).length, 0);
  });
});
