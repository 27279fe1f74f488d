import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { type ConsumerCapacity, EventConsumer, type EventConsumerFunction } from "./eventConsumer";
import type { EventsBus } from "./eventsBus";
import type { HandlerFunction, Logging } from "./handlerFunction";
import { physicalName } from "./physicalName";
import type { QueueMetrics } from "./queueMetrics";
import { allow, type Statement } from "./statements";
import { protection, safeTable, TABLE_NAME_MAX, type TableProtection } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";

/** Settings of an {@link AuditTrail}. */
export interface AuditTrailArgs extends TableProtection, ConsumerCapacity {
  /** The bus whose events are recorded, all of them. */
  readonly events: EventsBus;
  readonly logging: Logging;
}

/**
 * The OrderEvents table: every event of every order, written once and never again.
 *
 * What makes it so: the recorder inserts, with PartiQL, whose inserts never replace a row
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html) and have a permission of
 * their own; it may insert and read, and nothing else; and the table itself refuses everybody to put, change or delete a
 * row, and everybody but the recorder to insert one, administrators too. So not even the recorder's own code could write
 * over a row. What is left is who may change these lines: the table's policy, or the table; CloudTrail keeps record of
 * both, and the table can be restored to any second of 35 days.
 */
export class AuditTrail extends Component {
  readonly tableName: pulumi.Output<string>;
  readonly queueUrl: pulumi.Output<string>;
  /** Events that could not be recorded; alarm when it is not empty. */
  readonly deadLetterUrl: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  readonly queueMetrics: QueueMetrics;
  readonly deadLetterMetrics: QueueMetrics;
  readonly tableMetrics: TableMetrics;
  private readonly table: aws.dynamodb.Table;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("AuditTrail", name, opts);
    this.table = new aws.dynamodb.Table(
      `${name}-table`,
      {
        ...safeTable(args),
        name: physicalName("order-events", TABLE_NAME_MAX),
        hashKey: "orderId",
        rangeKey: "eventId",
        attributes: ["orderId", "eventId"].map((attribute) => ({ name: attribute, type: "S" })),
      },
      { parent: this, ...protection(args) },
    );
    const recorder = new EventConsumer(
      name,
      {
        ...{ events: args.events, consumerName: "record-event", types: "every", logging: args.logging },
        ...(args.reserveConcurrency && { reserveConcurrency: true }),
        ...recording(this.table),
      },
      { parent: this },
    );
    appendOnly(name, { table: this.table, recorders: recorder.functions }, { parent: this });

    this.tableName = this.table.name;
    this.queueUrl = recorder.queueUrl;
    this.deadLetterUrl = recorder.deadLetterUrl;
    this.functions = recorder.functions;
    this.queueMetrics = recorder.metrics;
    this.deadLetterMetrics = recorder.deadLetterMetrics;
    this.tableMetrics = new TableMetrics({ title: "trail", tableName: this.table.name });
    this.registerOutputs({ tableName: this.tableName, deadLetterUrl: this.deadLetterUrl });
  }

  /** Reading all events of one order. */
  canRead(): Statement {
    return allow(["dynamodb:Query"], this.table.arn);
  }
}

function recording(table: aws.dynamodb.Table): EventConsumerFunction {
  const eventsTable = table.name;
  return {
    service: "recordEvent",
    description: "Writes every event of an order into the audit trail, once",
    factory: async () => {
      const { eventEntry } = await import("../handlers/entries/eventEntry.js");
      const { recordEvent } = await import("../handlers/recordEvent.js");
      const { eventTrail } = await import("../handlers/adapters/eventTrail.js");
      return eventEntry(
        { service: "recordEvent" },
        recordEvent({ trail: eventTrail(eventsTable.get()), now: () => new Date() }),
      );
    },
    // Who finds a row there reads it, to tell a copy from a contradiction.
    statements: [allow(["dynamodb:PartiQLInsert", "dynamodb:BatchGetItem"], table.arn)],
  };
}

/** Every way to change, delete or replace a row; transactions need these same permissions. */
const CHANGES = [
  ...["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
  ...["PartiQLUpdate", "PartiQLDelete"],
].map((action) => `dynamodb:${action}`);

/**
 * A denial in the table's own policy stands above whatever an identity is allowed, in this account as in others:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html. It holds for those actions on
 * rows (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html), so a stack can still be
 * taken down. The recorder is told by `aws:PrincipalArn`, which names the role behind a session.
 */
function appendOnly(
  name: string,
  { table, recorders }: { readonly table: aws.dynamodb.Table; readonly recorders: readonly HandlerFunction[] },
  opts: pulumi.CustomResourceOptions,
): void {
  const nobody = { Effect: "Deny", Principal: "*", Resource: table.arn };
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "NobodyChangesARow", ...nobody, Action: CHANGES },
      {
        Sid: "NobodyElseAddsOne",
        ...nobody,
        Action: "dynamodb:PartiQLInsert",
        Condition: { ArnNotEquals: { "aws:PrincipalArn": recorders.map(({ roleArn }) => roleArn) } },
      },
    ],
  });
  new aws.dynamodb.ResourcePolicy(`${name}-policy`, { resourceArn: table.arn, policy }, opts);
}
