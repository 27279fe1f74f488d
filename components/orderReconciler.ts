import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { HandlerFunction, type Logging } from "./handlerFunction";
import type { OrderQueue } from "./orderQueue";
import type { OrderStore } from "./orderStore";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { QueueMetrics } from "./queueMetrics";
import { failureQueue } from "./queueDefaults";

/** Settings of an {@link OrderReconciler}. */
export interface OrderReconcilerArgs {
  readonly orders: OrderStore;
  /** Where orders that are late are queued again. */
  readonly queue: OrderQueue;
  /** Whose orders are looked at. */
  readonly tenants: readonly string[];
  /** Seconds after which an order should be final, 60 to 86,400. */
  readonly finalWithinSeconds: number;
  readonly logging: Logging;
}

/**
 * Looks every minute for orders that should have come to their end, and queues them again: what a lost message, a
 * relay that gave up or an outage longer than all retries left behind.
 */
export class OrderReconciler extends Component {
  /** Runs that failed for good. Later runs find the same orders, so it matters when it fills up. */
  readonly failedRunsUrl: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  readonly failedRunsMetrics: QueueMetrics;

  constructor(name: string, args: OrderReconcilerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("OrderReconciler", name, opts);
    refuse("OrderReconciler", name, [
      args.tenants.length === 0 && "tenants must name at least one: no order would be looked at",
      outside("finalWithinSeconds", args.finalWithinSeconds, [60, 86_400], "the schedule runs once a minute"),
    ]);
    const everyMinute = new aws.cloudwatch.EventRule(
      `${name}-every-minute`,
      {
        name: physicalName("reconcile-orders", RULE_NAME_MAX),
        description: "Runs reconcileOrders",
        scheduleExpression: "rate(1 minute)",
      },
      { parent: this },
    );
    const failedRuns = failureQueue(
      `${name}-failed-runs`,
      {
        queueName: "reconcile-failures",
        senders: [{ service: "events.amazonaws.com", arn: everyMinute.arn }],
      },
      { parent: this },
    );
    const reconcile = new HandlerFunction(
      `${name}-reconcile`,
      { ...reconciling(args), failedEvents: failedRuns, timeoutSeconds: RUN_SECONDS, logging: args.logging },
      { parent: this },
    );
    this.run(name, reconcile, { everyMinute, failedRuns });

    this.failedRunsUrl = failedRuns.url;
    this.functions = [reconcile];
    this.failedRunsMetrics = new QueueMetrics(failedRuns.name);
    this.registerOutputs({ failedRunsUrl: this.failedRunsUrl });
  }

  private run(
    name: string,
    reconcile: HandlerFunction,
    { everyMinute, failedRuns }: { readonly everyMinute: aws.cloudwatch.EventRule; readonly failedRuns: aws.sqs.Queue },
  ): void {
    const admitted = new aws.lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: reconcile.functionName,
        principal: "events.amazonaws.com",
        sourceArn: everyMinute.arn,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      `${name}-target`,
      {
        rule: everyMinute.name,
        arn: reconcile.arn,
        // A run that comes an hour late is still worth having: it looks at its own minute.
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
        deadLetterConfig: { arn: failedRuns.arn },
      },
      { parent: this, dependsOn: admitted },
    );
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const RULE_NAME_MAX = 64;

/** A full run takes a few seconds; one that takes longer than its minute is cut off, and its orders are due again. */
const RUN_SECONDS = 60;

function reconciling({ orders, queue, tenants, finalWithinSeconds }: OrderReconcilerArgs) {
  const ordersTable = orders.tableName;
  return {
    service: "reconcileOrders",
    description: "Queues orders again that should have come to their end",
    factory: async () => {
      const { scheduleEntry } = await import("../handlers/entries/scheduleEntry.js");
      const { reconcileOrders } = await import("../handlers/reconcileOrders.js");
      const { pendingOrders } = await import("../handlers/adapters/pendingOrders.js");
      const { environmentVariable } = await import("../handlers/adapters/environmentVariable.js");
      const { orderMessages } = await import("../handlers/adapters/orderMessages.js");
      return scheduleEntry(
        { service: "reconcileOrders" },
        reconcileOrders({
          orders: pendingOrders(ordersTable.get()),
          messages: orderMessages(environmentVariable("ORDER_QUEUE_URL")),
          tenants,
          finalWithinSeconds,
        }),
      );
    },
    environment: { ORDER_QUEUE_URL: queue.queueUrl },
    statements: [...orders.canFindPending(), queue.canSend()],
  };
}
