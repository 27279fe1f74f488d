import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EVENT_SOURCE } from "../contracts/events";
import { Component } from "./component";
import { HandlerFunction, type Logging } from "./handlerFunction";
import type { Metric } from "./metric";
import { OrderEventRule, type OrderEventRuleArgs } from "./orderEventRule";
import type { OrderStore } from "./orderStore";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { QueueMetrics } from "./queueMetrics";
import { failureQueue } from "./queueDefaults";
import { allow } from "./statements";

/** Settings of an {@link EventsBus}. */
export interface EventsBusArgs {
  /** The orders whose changes become events. */
  readonly orders: OrderStore;
  /** Days that every event is kept for being replayed; 0 keeps none. */
  readonly archiveDays: number;
  readonly logging: Logging;
}

/**
 * The bus that tells everybody what happens to orders, and the relay that publishes to it: each change
 * of an order comes out of the table's stream and goes on as an event, at least once, in order per order.
 */
export class EventsBus extends Component {
  readonly busName: pulumi.Output<string>;
  /**
   * Where the relay leaves word of changes that it gave up on: not the changes, but where in the stream
   * they are, for as long as the stream keeps them (24 hours).
   */
  readonly relayFailuresUrl: pulumi.Output<string>;
  /** Events that a rule could not deliver within a day. */
  readonly undeliveredUrl: pulumi.Output<string>;
  /** What a replay is started from; absent when nothing is archived. */
  readonly archiveArn: pulumi.Output<string> | undefined;
  readonly functions: readonly HandlerFunction[];
  /** Publishes what changed. */
  readonly relay: HandlerFunction;
  readonly relayFailureMetrics: QueueMetrics;
  readonly undeliveredMetrics: QueueMetrics;
  private readonly rules: OrderEventRule[] = [];
  private readonly undelivered: aws.sqs.Queue;

  constructor(
    private readonly name: string,
    args: EventsBusArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("EventsBus", name, opts);
    refuse("EventsBus", name, [outside("archiveDays", args.archiveDays, [0, 36_500])]);
    const bus = new aws.cloudwatch.EventBus(
      `${name}-bus`,
      { name: physicalName("events", BUS_NAME_MAX), description: "What happens to orders" },
      { parent: this },
    );
    const failures = failureQueue(`${name}-relay-failures`, { queueName: "relay-failures" }, { parent: this });
    const relay = this.makeRelay(name, args, { bus, failures });
    onlyOurs(bus, `${name}-bus`, { parent: this });

    const anyRule = bus.arn.apply((arn) => `${arn.replace(":event-bus/", ":rule/")}/*`);
    this.undelivered = failureQueue(
      `${name}-undelivered`,
      { queueName: "undelivered-events", senders: [{ service: "events.amazonaws.com", arn: anyRule }] },
      { parent: this },
    );

    this.archiveArn = this.archive(name, bus, args.archiveDays);
    this.busName = bus.name;
    this.relayFailuresUrl = failures.url;
    this.undeliveredUrl = this.undelivered.url;
    this.relay = relay;
    this.functions = [relay];
    this.relayFailureMetrics = new QueueMetrics(failures.name);
    this.undeliveredMetrics = new QueueMetrics(this.undelivered.name);
    this.registerOutputs({ busName: this.busName });
  }

  /** A rule for events of these types. It delivers nothing until it is given targets. */
  on(ruleName: string, detailTypes: OrderEventRuleArgs["detailTypes"]): OrderEventRule {
    const { busName, undelivered } = this;
    const rule = new OrderEventRule(
      `${this.name}-${ruleName}`,
      { ruleName, busName, detailTypes, undeliveredArn: undelivered.arn },
      { parent: this },
    );
    this.rules.push(rule);
    return rule;
  }

  /** Deliveries of each rule, those that failed for good included; rules that are made later are not among them. */
  metricDeliveries(): readonly Metric[] {
    return this.rules.map((rule) => rule.metricDeliveries());
  }

  /** Events that a rule could not deliver, and kept in the queue of the undelivered. */
  metricUndelivered(): readonly Metric[] {
    return this.rules.map((rule) => rule.metricUndelivered());
  }

  /**
   * Replaying delivers again to every rule that the replay names, with the same `eventId`s, so that a consumer that came
   * later catches up and the others drop what they know: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
   */
  private archive(name: string, bus: aws.cloudwatch.EventBus, days: number): pulumi.Output<string> | undefined {
    if (days === 0) return undefined;
    const archive = new aws.cloudwatch.EventArchive(
      `${name}-archive`,
      {
        name: physicalName("events", ARCHIVE_NAME_MAX),
        description: "Everything that happened to orders",
        eventSourceArn: bus.arn,
        eventPattern: JSON.stringify({ source: [EVENT_SOURCE] }),
        retentionDays: days,
      },
      { parent: this },
    );
    return archive.arn;
  }

  private makeRelay(
    name: string,
    { orders, logging }: EventsBusArgs,
    { bus, failures }: { readonly bus: aws.cloudwatch.EventBus; readonly failures: aws.sqs.Queue },
  ): HandlerFunction {
    const busName = bus.name;
    const changes = orders.changes();
    const publish = new HandlerFunction(
      `${name}-publish`,
      {
        service: "publishEvents",
        description: "Publishes what changed in the Orders table as events on the bus",
        factory: async () => {
          const { streamEntry } = await import("../handlers/entries/streamEntry.js");
          const { publishEvents } = await import("../handlers/publishEvents.js");
          const { eventBus } = await import("../handlers/adapters/eventBus.js");
          return streamEntry({ service: "publishEvents" }, publishEvents({ bus: eventBus(busName.get()) }));
        },
        statements: [allow(["events:PutEvents"], bus.arn), allow(["sqs:SendMessage"], failures.arn), changes.statement],
        timeoutSeconds: 30,
        logging,
      },
      { parent: this },
    );
    new aws.lambda.EventSourceMapping(
      `${name}-relay`,
      {
        eventSourceArn: changes.streamArn,
        functionName: publish.functionName,
        // What changed before the relay stood, or while it was replaced, must be published as well.
        startingPosition: "TRIM_HORIZON",
        batchSize: 100,
        maximumBatchingWindowInSeconds: 0,
        functionResponseTypes: ["ReportBatchItemFailures"],
        // A change that fails again and again holds up only its own half of the shard, and then ever fewer neighbours.
        parallelizationFactor: 2,
        bisectBatchOnFunctionError: true,
        // An hour outlasts most outages of a service, and leaves 23 of the stream's 24 hours to look at what was given up.
        maximumRecordAgeInSeconds: 3600,
        maximumRetryAttempts: 1000,
        destinationConfig: { onFailure: { destinationArn: failures.arn } },
      },
      { parent: this, dependsOn: publish },
    );
    return publish;
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
const BUS_NAME_MAX = 256;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html */
const ARCHIVE_NAME_MAX = 48;

/**
 * Consumers believe what an event says, so nobody, administrators included, puts one of another source on the bus. Who
 * may publish at all is said by roles, and the relay's alone says so; a policy that allowed it too would make that
 * permission idle, since within an account either is enough.
 */
function onlyOurs(bus: aws.cloudwatch.EventBus, name: string, opts: pulumi.CustomResourceOptions): void {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OurSourceAlone",
        Effect: "Deny",
        Principal: "*",
        Action: "events:PutEvents",
        Resource: bus.arn,
        Condition: { StringNotEquals: { "events:source": EVENT_SOURCE } },
      },
    ],
  });
  new aws.cloudwatch.EventBusPolicy(`${name}-policy`, { eventBusName: bus.name, policy }, opts);
}
