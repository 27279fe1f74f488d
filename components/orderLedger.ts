import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { type ConsumerCapacity, EventConsumer } from "./eventConsumer";
import type { EventsBus } from "./eventsBus";
import { HandlerFunction, type Logging, type VpcPlacement } from "./handlerFunction";
import { LedgerCluster } from "./ledgerCluster";
import { type LedgerFunction, listing, maintaining, migrating, preparing, projecting } from "./ledgerFunctions";
import { LedgerNetwork } from "./ledgerNetwork";
import type { OrderStore } from "./orderStore";
import type { QueueMetrics } from "./queueMetrics";
import { ScheduledFunction } from "./scheduledFunction";

/** Settings of an {@link OrderLedger}. */
export interface OrderLedgerArgs extends ConsumerCapacity {
  readonly orders: OrderStore;
  readonly events: EventsBus;
  /** The region that the stack is deployed to. */
  readonly region: string;
  /** Database instances: one, or two in two zones. */
  readonly instances: number;
  /** Whether the database refuses to be deleted. */
  readonly protectData: boolean;
  readonly logging: Logging;
}

/**
 * A copy of the orders in PostgreSQL, partitioned by month of creation, for reports. It listens to the bus like any
 * other consumer: nothing waits for it, and without it everything else is as it was. It can be lost and made again by
 * replaying the bus's archive.
 */
export class OrderLedger extends Component {
  readonly cluster: LedgerCluster;
  /** Where functions stand that want to connect. */
  readonly placement: VpcPlacement;
  readonly queueUrl: pulumi.Output<string>;
  readonly deadLetterUrl: pulumi.Output<string>;
  /** Runs of the partitions' maintenance that failed for good; three months may pass before one is missed. */
  readonly failedRunsUrl: pulumi.Output<string>;
  /** Answers the ledger page by page. */
  readonly listFunctionName: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  readonly queueMetrics: QueueMetrics;
  readonly deadLetterMetrics: QueueMetrics;
  readonly failedRunsMetrics: QueueMetrics;

  constructor(name: string, args: OrderLedgerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("OrderLedger", name, opts);
    const { orders, events, logging } = args;
    const network = new LedgerNetwork(
      `${name}-network`,
      { orders, region: args.region, databasePort: DATABASE_PORT },
      { parent: this },
    );
    const cluster = new LedgerCluster(
      `${name}-database`,
      { network, port: DATABASE_PORT, instances: args.instances, protectData: args.protectData },
      { parent: this },
    );
    const vpc = network.placement;

    const prepare = this.called(`${name}-prepare`, { ...preparing(cluster), logging });
    const prepared = this.call(`${name}-prepared`, prepare, cluster.instances);
    const migrate = this.called(`${name}-migrate`, { ...migrating(cluster), vpc, logging });
    this.call(`${name}-migrated`, migrate, [prepared]);

    // Until the schema is there, events come back.
    const consumer = new EventConsumer(
      `${name}-consumer`,
      {
        ...projecting(cluster, orders),
        ...{ events, vpc, logging, consumerName: "ledger", types: "every" },
        ...(args.reserveConcurrency && { reserveConcurrency: true }),
        batchingWindowSeconds: BATCHING_SECONDS,
        timeoutSeconds: 60,
      },
      { parent: this },
    );
    const maintenance = new ScheduledFunction(
      `${name}-maintain`,
      {
        ...maintaining(cluster),
        ...{ vpc, logging, scheduleName: "ledger-partitions", schedule: "rate(1 day)", timeoutSeconds: CALL_SECONDS },
      },
      { parent: this },
    );
    const list = this.called(`${name}-list`, { ...listing(cluster), vpc, logging });

    this.cluster = cluster;
    this.placement = vpc;
    this.queueUrl = consumer.queueUrl;
    this.deadLetterUrl = consumer.deadLetterUrl;
    this.failedRunsUrl = maintenance.failedRunsUrl;
    this.queueMetrics = consumer.metrics;
    this.deadLetterMetrics = consumer.deadLetterMetrics;
    this.failedRunsMetrics = maintenance.failedRunsMetrics;
    this.listFunctionName = list.functionName;
    this.functions = [prepare, migrate, ...consumer.functions, maintenance.run, list];
    this.registerOutputs({ queueUrl: this.queueUrl, deadLetterUrl: this.deadLetterUrl });
  }

  /** A function that somebody calls and waits for. */
  private called(
    name: string,
    does: LedgerFunction & { readonly vpc?: VpcPlacement; readonly logging: Logging },
  ): HandlerFunction {
    return new HandlerFunction(name, { ...does, timeoutSeconds: CALL_SECONDS }, { parent: this });
  }

  /** Calls a function at each deployment that changes its code, which holds all that it does; the deployment fails with it. */
  private call(
    name: string,
    { functionName, codeHash }: HandlerFunction,
    after: readonly pulumi.Resource[],
  ): aws.lambda.Invocation {
    return new aws.lambda.Invocation(
      name,
      { functionName, input: "{}", triggers: { codeHash } },
      { parent: this, dependsOn: [...after] },
    );
  }
}

/** Not the one that everybody tries. */
const DATABASE_PORT = 5433;

/** Reports may be this much behind, and each invocation has that much more to do. */
const BATCHING_SECONDS = 2;

/** A paused database wakes within about 15 seconds; a migration may have a table to rewrite. */
const CALL_SECONDS = 300;
