import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { OrderEventType } from "../contracts/events";
import { Component } from "./component";
import type { EventsBus } from "./eventsBus";
import { HandlerFunction, type HandlerFunctionArgs, type Logging } from "./handlerFunction";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { QueueMetrics } from "./queueMetrics";
import { failureQueue, QUEUE_NAME_MAX, queuePolicy, SAFE_QUEUE } from "./queueDefaults";
import { allow, type Statement } from "./statements";

/** What the function of a consumer is and does; its factory makes the handler with `eventEntry`. */
export type EventConsumerFunction = Pick<
  HandlerFunctionArgs,
  "service" | "description" | "factory" | "statements" | "vpc"
>;

/** How sure a consumer is of room to work in. */
export interface ConsumerCapacity {
  /**
   * Whether the account keeps as much concurrency free for the consumer as it may use. AWS refuses to leave less than 100
   * to everybody else: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   *
   * @default false
   */
  readonly reserveConcurrency?: boolean;
}

/** Settings of an {@link EventConsumer}. */
export interface EventConsumerArgs extends EventConsumerFunction, ConsumerCapacity {
  /** The bus that is listened to. */
  readonly events: EventsBus;
  /** Names the rule and, with project and stack, the queue. Lower-case letters, digits and hyphens. */
  readonly consumerName: string;
  /** The types of event that are consumed; `"every"` takes those that come with later versions as well. */
  readonly types: readonly [OrderEventType, ...OrderEventType[]] | "every";
  /**
   * Events that one invocation gets at most, 1 to 10.
   *
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * Seconds that an invocation is put off so that more events come with it, 0 to 300: cheaper, and later by as much.
   *
   * @default 1
   */
  readonly batchingWindowSeconds?: number;
  /**
   * Batches that are worked on at once, 2 to 1000.
   *
   * @default 5
   */
  readonly maximumConcurrency?: number;
  /**
   * Seconds that one batch may take, 1 to 120.
   *
   * @default 30
   */
  readonly timeoutSeconds?: number;
  readonly logging: Logging;
}

/**
 * Somebody who wants to know what happens to orders: a rule on the bus, a queue that keeps its events while it is away,
 * and a function that gets them in batches, at least once and in no order. What it does with them never touches an order.
 *
 * An event that fails comes back after six timeouts, for at least an hour and a half; then it waits among the dead letters.
 */
export class EventConsumer extends Component {
  readonly queueUrl: pulumi.Output<string>;
  /** Events that the consumer failed for good; alarm when it is not empty. */
  readonly deadLetterUrl: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  readonly metrics: QueueMetrics;
  readonly deadLetterMetrics: QueueMetrics;

  constructor(name: string, args: EventConsumerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("EventConsumer", name, opts);
    const { batchSize = 10, batchingWindowSeconds = 1, maximumConcurrency = 5, timeoutSeconds = 30 } = args;
    refuse("EventConsumer", name, [
      !/^[a-z][a-z0-9-]*$/.test(args.consumerName) &&
        `consumerName must be lower-case letters, digits and hyphens, not "${args.consumerName}"`,
      outside("batchSize", batchSize, [1, 10]),
      outside("batchingWindowSeconds", batchingWindowSeconds, [0, 300]),
      outside("maximumConcurrency", maximumConcurrency, [2, 1000]),
      outside("timeoutSeconds", timeoutSeconds, [1, 120], "its events would come back too seldom"),
    ]);
    const visibilitySeconds = 6 * timeoutSeconds + batchingWindowSeconds;
    const deadLetters = failureQueue(
      `${name}-dead-letters`,
      { queueName: `${args.consumerName}-dead-letters` },
      { parent: this },
    );
    const queue = new aws.sqs.Queue(
      `${name}-queue`,
      {
        ...SAFE_QUEUE,
        name: physicalName(args.consumerName, QUEUE_NAME_MAX),
        visibilityTimeoutSeconds: visibilitySeconds,
        messageRetentionSeconds: SEVEN_DAYS_SECONDS,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetters.arn,
          maxReceiveCount: receivesFor(visibilitySeconds),
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
    const rule = args.events.on(args.consumerName, args.types);
    const sender = { service: "events.amazonaws.com", arn: rule.arn };
    rule.deliverTo({ arn: queue.arn }, queuePolicy(`${name}-queue`, { queue, senders: [sender] }, { parent: this }));

    const { service, description, factory, statements, logging, vpc, reserveConcurrency } = args;
    const consumer = new HandlerFunction(
      `${name}-consume`,
      {
        ...{ service, description, factory, timeoutSeconds, memoryMb: MEMORY_MB, logging, ...(vpc && { vpc }) },
        ...(reserveConcurrency && { reservedConcurrency: maximumConcurrency }),
        statements: [...statements, canConsume(queue)],
      },
      { parent: this },
    );
    new aws.lambda.EventSourceMapping(
      `${name}-consumer`,
      {
        eventSourceArn: queue.arn,
        functionName: consumer.functionName,
        batchSize,
        maximumBatchingWindowInSeconds: batchingWindowSeconds,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency },
      },
      { parent: this, dependsOn: consumer },
    );

    this.queueUrl = queue.url;
    this.deadLetterUrl = deadLetters.url;
    this.functions = [consumer];
    [this.metrics, this.deadLetterMetrics] = [new QueueMetrics(queue.name), new QueueMetrics(deadLetters.name)];
    this.registerOutputs({ queueUrl: this.queueUrl, deadLetterUrl: this.deadLetterUrl });
  }
}

/** Nobody waits for a consumer: half the usual computing power costs less than it takes longer. */
const MEMORY_MB = 256;

/** Less than the dead-letter queue keeps, where a message's time counts on from its first sending. */
const SEVEN_DAYS_SECONDS = 7 * 24 * 60 * 60;

/** Longer than most outages of what a consumer stands on. */
const TRIED_FOR_SECONDS = 90 * 60;

/** Receives before an event is a dead letter, when it comes back after so many seconds each time. */
export function receivesFor(visibilitySeconds: number): number {
  return Math.min(1000, Math.max(5, Math.ceil(TRIED_FOR_SECONDS / visibilitySeconds) + 1));
}

function canConsume(queue: aws.sqs.Queue): Statement {
  return allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue.arn);
}
