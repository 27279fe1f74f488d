import type { OrderLine } from "./bill";

/** A figure of the system that Orderflow replaces, and where it comes from. */
interface Sourced {
  readonly quantity: number;
  readonly source: string;
}

/** A function of it: its memory, and the function of ours that makes the same calls, whose measured time it is given. */
interface ReplacedFunction {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeOf: string;
}

/**
 * The system that Orderflow replaces (REST API, createOrder, SQS, processOrder, Express saga of four functions, EventBridge;
 * Terraform and JavaScript on nodejs20.x), as it is billed for a confirmed order of two lines that is alone. It has no audit
 * trail, no receipt and no message to the customer. Its gateway also logs executions at level INFO, and its runtime three lines
 * of text an invocation: neither was measured, and both are left out.
 */
export const REPLACED = {
  functions: [
    { name: "createOrder", memoryMb: 256, timeOf: "createOrder" },
    { name: "processOrder", memoryMb: 256, timeOf: "processOrder" },
    { name: "reserveInventory", memoryMb: 128, timeOf: "ReserveInventory" },
    { name: "processPayment", memoryMb: 128, timeOf: "ProcessPayment" },
    { name: "confirmOrder", memoryMb: 128, timeOf: "ConfirmOrder" },
    { name: "emitEvent", memoryMb: 128, timeOf: "publishEvents" },
  ] satisfies readonly ReplacedFunction[],
  apiRequests: { quantity: 1, source: "api_gateway.tf: POST /orders, REST" },
  writeUnits: {
    quantity: 8,
    source:
      "createOrder puts the order and an entry of its index (2); idempotency puts and updates its record (2); " +
      "reserveInventory updates two products (2); confirmOrder updates the order and its index, which projects ALL (2)",
  },
  queueRequests: { quantity: 3, source: "lambda.tf, sqs.tf: send, receive, delete" },
  events: { quantity: 1, source: "emitEvent: OrderPlaced, when the order is confirmed" },
  executions: { quantity: 1, source: "step_functions.tf: EXPRESS, started synchronously" },
  handlerLogBytes: { quantity: 4_600, source: "measured: the lines of its six handlers (Powertools, level INFO)" },
  stateLogBytes: {
    quantity: 13_819,
    source:
      "step_functions.tf: level ALL with execution data; measured by running its definition (tests/cli/cost/replacedSystem.test.ts)",
  },
  traces: {
    quantity: 2,
    source: "tracing Active on API, functions and state machine, no sampling rule; the queue begins a second trace",
  },
} as const satisfies Readonly<Record<string, Sourced | readonly ReplacedFunction[]>>;

/** Milliseconds that a call of one of our functions takes, by service; and of an execution of the saga, in MB-ms. */
export interface MeasuredTimes {
  readonly functionMs: Readonly<Record<string, number>>;
  readonly executionMbMs: number;
}

/** What the replaced system uses for the order. Its functions are given the time that ours took for the same calls. */
export function replacedLines({ functionMs, executionMbMs }: MeasuredTimes): readonly OrderLine[] {
  const times = REPLACED.functions.map(({ name, memoryMb, timeOf }): OrderLine => {
    const quantity = Math.ceil(functionMs[timeOf] ?? 0) * memoryMb;
    return { unit: "lambdaMbMsX86", resource: name, quantity };
  });
  const line = (unit: OrderLine["unit"], { quantity, source }: Sourced): OrderLine => ({
    unit,
    resource: source,
    quantity,
  });
  return [
    line("apiRequest", REPLACED.apiRequests),
    { unit: "lambdaRequest", resource: "functions", quantity: REPLACED.functions.length },
    ...times,
    line("writeUnit", REPLACED.writeUnits),
    line("sqsRequest", REPLACED.queueRequests),
    line("event", REPLACED.events),
    line("expressRequest", REPLACED.executions),
    { unit: "expressMbMs", resource: "executions", quantity: executionMbMs },
    line("logByte", REPLACED.handlerLogBytes),
    line("logByte", REPLACED.stateLogBytes),
    line("trace", REPLACED.traces),
  ];
}
