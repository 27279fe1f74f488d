import * as aws from "@pulumi/aws";
// The package as a whole would be loaded for a third of a second; this module of it is all that is used.
import { Vpc } from "@pulumi/awsx/ec2/vpc";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import type { VpcPlacement } from "./handlerFunction";
import type { OrderStore } from "./orderStore";

/** Settings of a {@link LedgerNetwork}. */
export interface LedgerNetworkArgs {
  /** The one thing outside of the network that can be reached from within. */
  readonly orders: OrderStore;
  /** The region that the stack is deployed to. */
  readonly region: string;
  /** The port of the database. */
  readonly databasePort: number;
}

/**
 * A network without a way in or out: subnets in two zones, no gateway to the internet, no NAT. What a function needs of
 * AWS gets through nevertheless: Lambda fetches its messages and takes its logs and traces, tokens for the database are
 * signed without a call, and the orders table is reached over a gateway endpoint, which costs nothing.
 */
export class LedgerNetwork extends Component {
  readonly subnetIds: pulumi.Output<string[]>;
  /** For functions: they reach the database and DynamoDB. */
  readonly placement: VpcPlacement;
  readonly databaseGroupId: pulumi.Output<string>;

  constructor(name: string, args: LedgerNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("LedgerNetwork", name, opts);
    const dynamoDb = `com.amazonaws.${args.region}.dynamodb`;
    const vpc = new Vpc(
      `${name}-vpc`,
      {
        cidrBlock: "10.42.0.0/20",
        numberOfAvailabilityZones: 2,
        subnetStrategy: "Auto",
        subnetSpecs: [{ type: "Isolated", name: "ledger" }],
        natGateways: { strategy: "None" },
        vpcEndpointStrategy: "Auto",
        vpcEndpointSpecs: [{ serviceName: dynamoDb, vpcEndpointType: "Gateway", policy: onlyReading(args.orders) }],
      },
      { parent: this },
    );
    // Nothing uses it, and so nothing gets through what was put into it by mistake.
    new aws.ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.vpcId }, { parent: this });
    const functions = this.group(`${name}-functions`, vpc, "Functions of the ledger");
    const database = this.group(`${name}-database`, vpc, "The ledger's database");
    const toDatabase = { fromPort: args.databasePort, toPort: args.databasePort, ipProtocol: "tcp" };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-to-database`,
      { securityGroupId: functions.id, referencedSecurityGroupId: database.id, ...toDatabase },
      { parent: this },
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-from-functions`,
      { securityGroupId: database.id, referencedSecurityGroupId: functions.id, ...toDatabase },
      { parent: this },
    );
    const prefixListId = aws.ec2.getPrefixListOutput({ name: dynamoDb }, { parent: this }).id;
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-to-dynamodb`,
      { securityGroupId: functions.id, prefixListId, fromPort: 443, toPort: 443, ipProtocol: "tcp" },
      { parent: this },
    );

    this.subnetIds = vpc.isolatedSubnetIds;
    this.placement = { subnetIds: vpc.isolatedSubnetIds, securityGroupIds: [functions.id] };
    this.databaseGroupId = database.id;
    this.registerOutputs({ subnetIds: this.subnetIds });
  }

  private group(name: string, { vpcId }: Vpc, description: string): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(name, { vpcId, description }, { parent: this });
  }
}

/** What gets through the endpoint, whoever asks: reading orders. */
function onlyReading(orders: OrderStore): pulumi.Output<string> {
  const { actions, resources } = orders.canRead();
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: actions, Resource: resources }],
  });
}
