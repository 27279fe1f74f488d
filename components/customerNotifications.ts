import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ENDINGS } from "../contracts/notification";
import type { HandlerFactory } from "./closure";
import { Component } from "./component";
import { type ConsumerCapacity, EventConsumer } from "./eventConsumer";
import type { EventsBus } from "./eventsBus";
import type { HandlerFunction, Logging } from "./handlerFunction";
import type { OrderStore } from "./orderStore";
import { physicalName } from "./physicalName";
import { refuse } from "./problems";
import type { QueueMetrics } from "./queueMetrics";
import { allow, type Statement } from "./statements";
import { safeTable, TABLE_NAME_MAX } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";
import { topic } from "./topicDefaults";

/** Settings of {@link CustomerNotifications}. */
export interface CustomerNotificationsArgs extends ConsumerCapacity {
  readonly events: EventsBus;
  /** Where a message's items and amounts are read. */
  readonly orders: OrderStore;
  /**
   * An address that gets every message; it must confirm the subscription by the mail that AWS sends it.
   *
   * @default nobody is subscribed to the topic
   */
  readonly subscriberEmail?: string | undefined;
  /**
   * The address that mails to the customers come from, with a domain that is verified with SES. Without it messages go to
   * the topic only.
   *
   * @default customers get no mail
   */
  readonly senderEmail?: string | undefined;
  readonly logging: Logging;
}

/**
 * Tells customers how their orders ended, once each: on a topic that anybody may subscribe to, or by mail to the customer.
 * A message that cannot be sent never touches its order; it ends among the dead letters of the consumer.
 */
export class CustomerNotifications extends Component {
  /** Where messages are published; its attributes `ending`, `tenantId` and `orderId` are there to filter by. */
  readonly topicArn: pulumi.Output<string>;
  readonly queueUrl: pulumi.Output<string>;
  /** Endings that nobody could be told of. */
  readonly deadLetterUrl: pulumi.Output<string>;
  readonly consumedEventsTable: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  readonly queueMetrics: QueueMetrics;
  readonly deadLetterMetrics: QueueMetrics;
  readonly tableMetrics: TableMetrics;

  constructor(name: string, args: CustomerNotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("CustomerNotifications", name, opts);
    refuse("CustomerNotifications", name, [
      notAnAddress("subscriberEmail", args.subscriberEmail),
      notAnAddress("senderEmail", args.senderEmail),
    ]);
    const messages = topic(
      `${name}-topic`,
      { topicName: "customer-messages", displayName: "Orders" },
      { parent: this },
    );
    if (args.subscriberEmail !== undefined) {
      new aws.sns.TopicSubscription(
        `${name}-subscriber`,
        { topic: messages.arn, protocol: "email", endpoint: args.subscriberEmail },
        { parent: this },
      );
    }
    const consumed = new aws.dynamodb.Table(
      `${name}-consumed-events`,
      {
        ...safeTable({ protectData: false }),
        // Rows are forgotten after a month; losing them would cost a customer a second mail, and nothing else.
        pointInTimeRecovery: { enabled: false },
        name: physicalName("consumed-events", TABLE_NAME_MAX),
        hashKey: "eventId",
        rangeKey: "consumer",
        attributes: ["eventId", "consumer"].map((attribute) => ({ name: attribute, type: "S" })),
        ttl: { attributeName: "expiresAt", enabled: true },
      },
      { parent: this },
    );
    const sending = args.senderEmail === undefined ? byTopic(messages) : this.byMail(name, args.senderEmail);
    const tables = { ordersTable: args.orders.tableName, consumedTable: consumed.name };
    const consumer = new EventConsumer(
      name,
      {
        ...{ events: args.events, consumerName: "notify-customer", types: ENDINGS, logging: args.logging },
        ...(args.reserveConcurrency && { reserveConcurrency: true }),
        service: "notifyCustomer",
        description: "Tells customers how their orders ended, once each",
        factory: sending.factory(tables),
        statements: [
          args.orders.canReadSeveral(),
          allow(["dynamodb:PartiQLInsert", "dynamodb:PutItem", "dynamodb:BatchWriteItem"], consumed.arn),
          allow(["dynamodb:BatchGetItem"], consumed.arn),
          sending.statement,
        ],
      },
      { parent: this },
    );

    this.topicArn = messages.arn;
    this.queueUrl = consumer.queueUrl;
    this.deadLetterUrl = consumer.deadLetterUrl;
    this.consumedEventsTable = consumed.name;
    this.functions = consumer.functions;
    this.queueMetrics = consumer.metrics;
    this.deadLetterMetrics = consumer.deadLetterMetrics;
    this.tableMetrics = new TableMetrics({ title: "consumed events", tableName: consumed.name, isRead: false });
    this.registerOutputs({ topicArn: this.topicArn, deadLetterUrl: this.deadLetterUrl });
  }

  private byMail(name: string, address: string): Sending {
    const { arn } = new aws.sesv2.EmailIdentity(`${name}-sender`, { emailIdentity: address }, { parent: this });
    return { statement: allow(["ses:SendEmail"], arn), factory: (tables) => mailing(tables, address) };
  }
}

interface Tables {
  readonly ordersTable: pulumi.Output<string>;
  readonly consumedTable: pulumi.Output<string>;
}

/** A way for messages to leave. Each has a function of its own, which holds one client and not two. */
interface Sending {
  readonly statement: Statement;
  factory(tables: Tables): HandlerFactory;
}

function byTopic({ arn }: aws.sns.Topic): Sending {
  return { statement: allow(["sns:Publish"], arn), factory: (tables) => publishing(tables, arn) };
}

function publishing({ ordersTable, consumedTable }: Tables, topicArn: pulumi.Output<string>): HandlerFactory {
  return async () => {
    const { eventEntry } = await import("../handlers/entries/eventEntry.js");
    const { customerNotifier } = await import("../handlers/adapters/customerNotifier.js");
    const { snsMessages } = await import("../handlers/adapters/snsMessages.js");
    const tables = { ordersTable: ordersTable.get(), consumedTable: consumedTable.get() };
    return eventEntry({ service: "notifyCustomer" }, customerNotifier(tables, snsMessages(topicArn.get())));
  };
}

function mailing({ ordersTable, consumedTable }: Tables, address: string): HandlerFactory {
  return async () => {
    const { eventEntry } = await import("../handlers/entries/eventEntry.js");
    const { customerNotifier } = await import("../handlers/adapters/customerNotifier.js");
    const { sesMessages } = await import("../handlers/adapters/sesMessages.js");
    const tables = { ordersTable: ordersTable.get(), consumedTable: consumedTable.get() };
    return eventEntry({ service: "notifyCustomer" }, customerNotifier(tables, sesMessages(address)));
  };
}

function notAnAddress(field: string, address: string | undefined): string | false {
  if (address === undefined || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address)) return false;
  return `${field} must be an e-mail address, not "${address}"`;
}
