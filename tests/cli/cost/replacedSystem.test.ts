import assert from "node:assert/strict";
import { REPLACED } from "../../../cli/cost/replacedSystem";
import { Feed } from "../../../local/feed";
import { Meter } from "../../../local/meter/meter";
import { StepFunctionsService } from "../../../local/stepfunctions/stepFunctionsService";
import { ManualClock } from "../../local/manualClock";
import { call, cloud } from "../../local/serviceFixture";

const NAME = "dev-ser-ord-sys-order-saga";
const GROUP = "/aws/vendedlogs/states/dev-ser-ord-sys";
const ORDER = {
  orderId: "0b5c2f0e-6a55-4a9d-9f0a-2f4c8a3b1d11",
  userId: "user-123",
  items: [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ],
  totalAmount: 109.97,
};

/** The good way of its definition (order_saga.asl.json): bare function ARNs, each answering its input with more. */
const STEPS: readonly (readonly [state: string, lambda: string, adds: object])[] = [
  ["ReserveInventory", "reserveInventory", { reservedItems: ORDER.items }],
  ["ProcessPayment", "processPayment", { paymentStatus: "SUCCEEDED" }],
  ["ConfirmOrder", "confirmOrder", {}],
  ["EmitOrderPlaced", "emitEvent", {}],
];

describe("the log of the replaced system's state machine", () => {
  it("is as long as its description says", async () => {
    const arnOf = (lambda: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:ser-ord-sys-${lambda}`;
    const states = STEPS.map(([state, lambda], at) => {
      const next = STEPS[at + 1]?.[0];
      const task = { Type: "Task", Resource: arnOf(lambda), TimeoutSeconds: 60 };
      return [state, { ...task, ...(next === undefined ? { End: true } : { Next: next }) }];
    });
    const definition = JSON.stringify({ StartAt: STEPS[0]?.[0], States: Object.fromEntries(states) });
    const feed = new Feed();
    const meter = new Meter(feed);
    const service = new StepFunctionsService({
      ...{ cloud: { ...cloud, region: "eu-west-1" }, clock: new ManualClock(), feed },
      logs: { put: (group, stream, timeMs, message) => feed.emit("log", { group, stream, timeMs, message }) },
      invoker: {
        async invoke(arn: string, event: object) {
          const adds = STEPS.find(([, lambda]) => arn === arnOf(lambda))?.[2];
          return { ok: true, requestId: "r", payload: { ...event, ...adds } };
        },
      } as any,
    });
    const stateMachineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${NAME}`;
    await service.realise({
      ...{ type: "aws:sfn/stateMachine:StateMachine", name: "saga" },
      inputs: {
        ...{ name: NAME, type: "EXPRESS", definition, roleArn: "arn:aws:iam::123456789012:role/dev-ser-ord-sys-sfn" },
        loggingConfiguration: {
          ...{ level: "ALL", includeExecutionData: true },
          logDestination: `arn:aws:logs:eu-west-1:123456789012:log-group:${GROUP}:*`,
        },
      },
      outputs: { name: NAME, arn: stateMachineArn, creationDate: "2026-01-01T00:00:00Z" },
    } as any);
    const input = { stateMachineArn, name: ORDER.orderId, input: JSON.stringify(ORDER) };
    assert.equal((await call(service, "StartSyncExecution", input)).status, "SUCCEEDED");

    assert.equal(meter.read().total("logByte", GROUP), REPLACED.stateLogBytes.quantity);
    assert.equal(STEPS.length + 2, REPLACED.functions.length, "and createOrder and processOrder");
  });
});
