import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { toAsl } from "../sagas/builder/asl";
import { placeOrder } from "../sagas/placeOrder";
import { Component } from "./component";
import type { HandlerFunction, Logging } from "./handlerFunction";
import type { InventoryStore } from "./inventoryStore";
import { Metric, type MetricSettings } from "./metric";
import type { OrderStore } from "./orderStore";
import type { PaymentGateway } from "./paymentGateway";
import { physicalName } from "./physicalName";
import type { ReceiptStore } from "./receiptStore";
import { sagaTasks } from "./sagaTasks";
import { ServiceRole } from "./serviceRole";
import { allow, type Statement, TRACING } from "./statements";

/** Settings of an {@link OrderSaga}. */
export interface OrderSagaArgs {
  readonly orders: OrderStore;
  readonly inventory: InventoryStore;
  readonly payments: PaymentGateway;
  readonly receipts: ReceiptStore;
  readonly logging: Logging;
  /** What is logged of executions; ALL can cost more than the executions themselves. */
  readonly executionLogLevel: "ALL" | "ERROR" | "FATAL" | "OFF";
  /** Whether that log holds what goes in and out of each state. */
  readonly logExecutionData: boolean;
}

/** Places an order: the state machine that is rendered from the saga in sagas/placeOrder.ts, and a function for each of its tasks. */
export class OrderSaga extends Component {
  readonly stateMachineArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  /** Seconds after which an execution is ended. Whoever waits for one must wait longer. */
  readonly timeoutSeconds: number;
  readonly functions: readonly HandlerFunction[];

  constructor(name: string, args: OrderSagaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("OrderSaga", name, opts);
    const tasks = sagaTasks(name, { ...args, timeoutOf: taskTimeoutSeconds }, { parent: this });
    const definition = toAsl(placeOrder, (task) => functionOf(tasks, task).arn);
    const machineName = physicalName("place-order", MACHINE_NAME_MAX);

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-executions`,
      // With this prefix the group needs no line of its own in the account's log policy, which is limited to 5120
      // characters: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
      { name: `/aws/vendedlogs/states/${machineName}`, retentionInDays: args.logging.retentionDays },
      { parent: this },
    );
    const functions = Object.values(tasks);
    const role = new ServiceRole(
      name,
      {
        physicalName: machineName,
        service: "states.amazonaws.com",
        description: `What the state machine ${machineName} may do`,
        statements: [...functions.map((task) => task.canInvoke()), DELIVERING_LOGS, TRACING, SAMPLING],
      },
      { parent: this },
    );
    const machine = new aws.sfn.StateMachine(
      `${name}-machine`,
      {
        name: machineName,
        type: "EXPRESS",
        definition: pulumi.jsonStringify(definition),
        roleArn: role.arn,
        loggingConfiguration: {
          level: args.executionLogLevel,
          includeExecutionData: args.logExecutionData,
          logDestination: pulumi.interpolate`${logGroup.arn}:*`,
        },
        tracingConfiguration: { enabled: true },
      },
      { parent: this, dependsOn: role.policy },
    );

    this.stateMachineArn = machine.arn;
    this.logGroupName = logGroup.name;
    this.timeoutSeconds = definition.TimeoutSeconds;
    this.functions = functions;
    this.registerOutputs({ stateMachineArn: this.stateMachineArn });
  }

  /** Running the saga for an order and waiting for its end. */
  canRun(): Statement {
    return allow(["states:StartSyncExecution"], this.stateMachineArn);
  }

  metricStarted(): Metric {
    return this.count("ExecutionsStarted", "started");
  }

  /** Executions that carried their order to an end, good or bad: an order that is declined succeeds here. */
  metricSucceeded(): Metric {
    return this.count("ExecutionsSucceeded", "succeeded");
  }

  /** Executions that could not even undo; their orders are tried again. */
  metricFailed(): Metric {
    return this.count("ExecutionsFailed", "failed");
  }

  metricTimedOut(): Metric {
    return this.count("ExecutionsTimedOut", "timed out");
  }

  metricAborted(): Metric {
    return this.count("ExecutionsAborted", "aborted");
  }

  metricThrottled(): Metric {
    return this.count("ExecutionThrottled", "held back by Step Functions");
  }

  metricDuration(): Metric {
    return this.metric({ name: "ExecutionTime", statistic: "p50", unit: "ms", label: "p50" });
  }

  /** Sums alone are right: a start is recorded as a 1 and a 0 (https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html). */
  private count(name: string, label: string): Metric {
    return this.metric({ name, statistic: "Sum", unit: "count", label });
  }

  private metric(settings: Omit<MetricSettings, "namespace" | "dimensions">): Metric {
    return new Metric({ namespace: "AWS/States", dimensions: { StateMachineArn: this.stateMachineArn }, ...settings });
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html; a role's limit is lower. */
const MACHINE_NAME_MAX = 64;

/** AWS offers no narrower resource for any of these: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const DELIVERING_LOGS = allow(
  [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  "*",
);

/** Choosing which executions to trace: https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html */
const SAMPLING = allow(["xray:GetSamplingRules", "xray:GetSamplingTargets"], "*");

/**
 * Seconds that the state machine gives an attempt at a task. Its function gets no more, so that an attempt
 * which timed out is over before the next begins.
 */
export function taskTimeoutSeconds(taskName: string): number {
  const state = toAsl(placeOrder, (task) => task).States[taskName];
  if (state?.Type !== "Task") throw new Error(`The saga ${placeOrder.name} has no task ${taskName}.`);
  return state.TimeoutSeconds;
}

function functionOf(tasks: Readonly<Record<string, HandlerFunction>>, task: string): HandlerFunction {
  const found = tasks[task];
  if (found === undefined) throw new Error(`No function does the task ${task} of the saga ${placeOrder.name}.`);
  return found;
}
