import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import type { ConsumerCapacity } from "./eventConsumer";
import type { EventsBus } from "./eventsBus";
import { HandlerFunction, type HandlerFunctionArgs, type Logging } from "./handlerFunction";
import type { OrderSaga } from "./orderSaga";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { QueueMetrics } from "./queueMetrics";
import { failureQueue, FOURTEEN_DAYS_SECONDS, QUEUE_NAME_MAX, queuePolicy, SAFE_QUEUE } from "./queueDefaults";
import { allow, type Statement } from "./statements";

/** Settings of an {@link OrderQueue}. */
export interface OrderQueueArgs extends ConsumerCapacity {
  /** The bus whose OrderCreated events are queued. */
  readonly events: EventsBus;
  /** What is run for every order. */
  readonly saga: OrderSaga;
  /** Receives of a message before it moves to the dead-letter queue, 5 to 1000. */
  readonly maxReceiveCount: number;
  /**
   * Orders that the queue should keep pace with, a second. It bounds how many batches are worked on at
   * once, and with that how much of the account's Lambda concurrency a backlog can take.
   */
  readonly ordersPerSecond: number;
  readonly logging: Logging;
}

/** Keeps created orders until the saga has carried them to their end, and those that it cannot. */
export class OrderQueue extends Component {
  readonly queueUrl: pulumi.Output<string>;
  /** Orders that failed `maxReceiveCount` times; alarm when it is not empty. */
  readonly deadLetterUrl: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  readonly metrics: QueueMetrics;
  readonly deadLetterMetrics: QueueMetrics;
  private readonly queueArn: pulumi.Output<string>;

  constructor(name: string, args: OrderQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("OrderQueue", name, opts);
    const timeouts = orderQueueTimeouts(args.saga.timeoutSeconds);
    const maximumConcurrency = consumersFor(args.ordersPerSecond);
    refuse("OrderQueue", name, [
      outside("maxReceiveCount", args.maxReceiveCount, [5, 1000], "with fewer, a short throttle loses orders"),
      outside("ordersPerSecond", args.ordersPerSecond, [1, 10_000]),
    ]);

    const deadLetters = failureQueue(`${name}-dead-letters`, { queueName: "orders-dead-letters" }, { parent: this });
    const queue = new aws.sqs.Queue(
      `${name}-queue`,
      {
        ...SAFE_QUEUE,
        name: physicalName("orders", QUEUE_NAME_MAX),
        visibilityTimeoutSeconds: timeouts.visibilitySeconds,
        // As long as the dead-letter queue: a stopped consumer must not cost an order.
        messageRetentionSeconds: FOURTEEN_DAYS_SECONDS,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetters.arn,
          maxReceiveCount: args.maxReceiveCount,
        }),
      },
      { parent: this },
    );
    new aws.sqs.RedriveAllowPolicy(
      `${name}-redrive`,
      {
        queueUrl: deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
      },
      { parent: this },
    );
    this.receiveCreatedOrders(name, queue, args.events);
    const consumer = this.processOrders(name, args, {
      ...{ queue, timeoutSeconds: timeouts.consumerSeconds },
      reservedConcurrency: args.reserveConcurrency ? maximumConcurrency : undefined,
    });
    new aws.lambda.EventSourceMapping(
      `${name}-consumer`,
      {
        eventSourceArn: queue.arn,
        functionName: consumer.functionName,
        batchSize: 10,
        maximumBatchingWindowInSeconds: 0,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency },
      },
      { parent: this, dependsOn: consumer },
    );

    this.queueUrl = queue.url;
    this.queueArn = queue.arn;
    this.deadLetterUrl = deadLetters.url;
    this.functions = [consumer];
    this.metrics = new QueueMetrics(queue.name);
    this.deadLetterMetrics = new QueueMetrics(deadLetters.name);
    this.registerOutputs({ queueUrl: this.queueUrl, deadLetterUrl: this.deadLetterUrl });
  }

  /** Queueing an order. */
  canSend(): Statement {
    return allow(["sqs:SendMessage"], this.queueArn);
  }

  /** Asking how many messages it holds. */
  canMeasure(): Statement {
    return allow(["sqs:GetQueueAttributes"], this.queueArn);
  }

  private receiveCreatedOrders(name: string, queue: aws.sqs.Queue, events: EventsBus): void {
    const created = events.on("order-created", ["OrderCreated"]);
    const policy = queuePolicy(
      `${name}-queue`,
      { queue, senders: [{ service: "events.amazonaws.com", arn: created.arn }] },
      { parent: this },
    );
    created.deliverTo({ arn: queue.arn, inputPath: "$.detail" }, policy);
  }

  private processOrders(
    name: string,
    { saga, logging }: OrderQueueArgs,
    {
      queue,
      ...bounds
    }: { readonly queue: aws.sqs.Queue } & Pick<HandlerFunctionArgs, "timeoutSeconds" | "reservedConcurrency">,
  ): HandlerFunction {
    const { stateMachineArn } = saga;
    return new HandlerFunction(
      `${name}-process`,
      {
        service: "processOrder",
        description: "Runs the saga for each queued order; only a saga that ended well takes its order off the queue",
        factory: async () => {
          const { queueEntry } = await import("../handlers/entries/queueEntry.js");
          const { processOrder } = await import("../handlers/processOrder.js");
          const { sagaRunner } = await import("../handlers/adapters/sagaRunner.js");
          const { environmentVariable } = await import("../handlers/adapters/environmentVariable.js");
          const { orderQueue } = await import("../handlers/adapters/orderQueue.js");
          return queueEntry(
            { service: "processOrder" },
            processOrder({
              sagas: sagaRunner(stateMachineArn.get()),
              messages: orderQueue(environmentVariable("ORDER_QUEUE_URL")),
            }),
          );
        },
        environment: { ORDER_QUEUE_URL: queue.url },
        statements: [canConsume(queue), saga.canRun()],
        ...bounds,
        // It waits for sagas, and is billed for all of that time by its memory.
        memoryMb: 256,
        logging,
      },
      { parent: this },
    );
  }
}

/** Receiving and finishing messages, and choosing when a failed one comes back. */
function canConsume(queue: aws.sqs.Queue): Statement {
  return allow(
    ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
    queue.arn,
  );
}

/**
 * Timeouts nest. The consumer outlives the saga that it waits for by half a minute, and a message stays
 * hidden for six times as long as the consumer may take, so that Lambda can try a throttled batch again
 * before SQS delivers it a second time: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function orderQueueTimeouts(sagaSeconds: number): {
  readonly consumerSeconds: number;
  readonly visibilitySeconds: number;
} {
  const consumerSeconds = sagaSeconds + 30;
  return { consumerSeconds, visibilitySeconds: 6 * consumerSeconds };
}

/**
 * Batches of ten that are worked on at once, for a saga of about a second. Two to a thousand, the limits of
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export function consumersFor(ordersPerSecond: number): number {
  return Math.min(1000, Math.max(2, Math.ceil(ordersPerSecond / 10)));
}
