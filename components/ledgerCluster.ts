import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LEDGER_ROLES, type LedgerRole } from "../contracts/ledgerRoles";
import { Component } from "./component";
import type { LedgerNetwork } from "./ledgerNetwork";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { allow, type Statement } from "./statements";

/** Settings of a {@link LedgerCluster}. */
export interface LedgerClusterArgs {
  readonly network: LedgerNetwork;
  readonly port: number;
  /** One, or two: then the second stands by in another zone, and takes over within a minute. */
  readonly instances: number;
  /** Whether AWS and Pulumi both refuse to delete the database; one that is deleted leaves a last snapshot. */
  readonly protectData: boolean;
}

/**
 * Aurora PostgreSQL, Serverless v2: encrypted, TLS alone, users admitted by IAM alone. Its first user, who may make the
 * others, has a password that RDS keeps and changes and that nobody reads.
 */
export class LedgerCluster extends Component {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database = "ledger";
  readonly arn: pulumi.Output<string>;
  /** The secret in which RDS keeps the first user's password. */
  readonly secretArn: pulumi.Output<string>;
  /** What must stand before anybody can connect. */
  readonly instances: readonly aws.rds.ClusterInstance[];
  private readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: LedgerClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("LedgerCluster", name, opts);
    refuse("LedgerCluster", name, [outside("instances", args.instances, [1, 15])]);
    const { protectData } = args;
    const clusterIdentifier = physicalName("ledger", CLUSTER_NAME_MAX);
    const cluster = new aws.rds.Cluster(
      `${name}-cluster`,
      {
        ...{ clusterIdentifier, databaseName: this.database, port: args.port },
        ...ENGINE,
        ...this.surroundings(name, args),
        ...SAFE_CLUSTER,
        serverlessv2ScalingConfiguration: capacity(protectData),
        deletionProtection: protectData,
        skipFinalSnapshot: !protectData,
        ...(protectData && { finalSnapshotIdentifier: `${clusterIdentifier}-last` }),
      },
      // Minor versions come by themselves.
      { parent: this, protect: protectData, ignoreChanges: ["engineVersion"] },
    );
    this.instances = Array.from(
      { length: args.instances },
      (_, position) =>
        new aws.rds.ClusterInstance(
          `${name}-instance-${position + 1}`,
          {
            clusterIdentifier: cluster.id,
            identifier: `${clusterIdentifier}-${position + 1}`,
            engine: ENGINE.engine,
            instanceClass: "db.serverless",
            publiclyAccessible: false,
            autoMinorVersionUpgrade: true,
            copyTagsToSnapshot: true,
          },
          { parent: this },
        ),
    );
    this.host = cluster.endpoint;
    this.port = cluster.port;
    this.arn = cluster.arn;
    this.secretArn = cluster.masterUserSecrets.apply(([secret]) => secret?.secretArn ?? "");
    this.resourceId = cluster.clusterResourceId;
    this.registerOutputs({ host: this.host, port: this.port, arn: this.arn });
  }

  /** Connecting as one of the database's roles. */
  canConnect(role: LedgerRole): Statement {
    const user = pulumi.all([this.arn, this.resourceId]).apply(([arn, id]) => {
      const [, partition, , region, account] = arn.split(":");
      return `arn:${partition}:rds-db:${region}:${account}:dbuser:${id}/${LEDGER_ROLES[role]}`;
    });
    return allow(["rds-db:connect"], user);
  }

  /** Running statements as the first user, by RDS's Data API. */
  canAdministrate(): readonly Statement[] {
    return [
      allow(["rds-data:ExecuteStatement"], this.arn),
      // The Data API reads the password on behalf of its caller.
      allow(["secretsmanager:GetSecretValue"], this.secretArn),
    ];
  }

  private surroundings(name: string, { network }: LedgerClusterArgs) {
    const subnets = new aws.rds.SubnetGroup(
      `${name}-subnets`,
      { name: physicalName("ledger", CLUSTER_NAME_MAX), subnetIds: network.subnetIds },
      { parent: this },
    );
    const parameters = new aws.rds.ClusterParameterGroup(
      `${name}-parameters`,
      {
        name: physicalName("ledger", CLUSTER_NAME_MAX),
        description: "TLS alone, and slow statements in the log",
        family: "aurora-postgresql17",
        parameters: [
          { name: "rds.force_ssl", value: "1" },
          { name: "log_min_duration_statement", value: "1000" },
        ],
      },
      { parent: this },
    );
    return {
      dbSubnetGroupName: subnets.name,
      dbClusterParameterGroupName: parameters.name,
      vpcSecurityGroupIds: [network.databaseGroupId],
    };
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const CLUSTER_NAME_MAX = 60;

const ENGINE = { engine: "aurora-postgresql", engineMode: "provisioned", engineVersion: "17.5" } as const;

const SAFE_CLUSTER = {
  masterUsername: "ledger_admin",
  manageMasterUserPassword: true,
  iamDatabaseAuthenticationEnabled: true,
  enableHttpEndpoint: true,
  storageEncrypted: true,
  backupRetentionPeriod: 7,
  copyTagsToSnapshot: true,
  enabledCloudwatchLogsExports: ["postgresql"],
};

/**
 * In Aurora capacity units of 2 GB. Where data need not be kept the database pauses when nobody uses it, and then costs
 * its storage alone: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
function capacity(protectData: boolean): aws.types.input.rds.ClusterServerlessv2ScalingConfiguration {
  const maxCapacity = 4;
  return protectData ? { minCapacity: 0.5, maxCapacity } : { minCapacity: 0, maxCapacity, secondsUntilAutoPause: 600 };
}
