import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { EventsBus } from "../../components/eventsBus";
import { LedgerCluster } from "../../components/ledgerCluster";
import type { LedgerNetwork } from "../../components/ledgerNetwork";
import { OrderLedger, type OrderLedgerArgs } from "../../components/orderLedger";
import { OrderStore } from "../../components/orderStore";
import { allowed, deploy, type Deployment, ofType, only } from "./deployment";

const logging = { level: "INFO", retentionDays: 14 } as const;

function ledger(rest: Partial<OrderLedgerArgs>): OrderLedger {
  const orders = new OrderStore("orders", { protectData: false });
  const events = new EventsBus("events", { orders, archiveDays: 0, logging });
  return new OrderLedger("ledger", {
    ...{ orders, events, region: "eu-central-1", instances: 1, protectData: false, logging },
    ...rest,
  });
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name);
}

/** What AWS makes up for the ledger's resources. */
const KNOWN = {
  outputs: {
    "awsx:ec2:Vpc": { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1", "subnet-2"] },
    "aws:rds/cluster:Cluster": {
      arn: "arn:aws:rds:eu-central-1:123456789012:cluster:ledger",
      ...{ clusterResourceId: "cluster-ABC", endpoint: "ledger.example" },
      masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:secret" }],
    },
  },
  calls: { "aws:ec2/getPrefixList:getPrefixList": { id: "pl-dynamodb" } },
};

describe("OrderLedger", () => {
  let dev: Deployment<OrderLedger>;
  let prod: Deployment<OrderLedger>;
  before(async function () {
    this.timeout(120_000);
    dev = await deploy(() => ledger({}), "dev", KNOWN);
    prod = await deploy(() => ledger({ protectData: true, instances: 2 }), "dev", KNOWN);
  });
  const inputs = (name: string, { resources }: Deployment<OrderLedger> = dev) => only(resources, name).inputs;

  it("stands in a network that leads to the database and to DynamoDB, and nowhere else", () => {
    const rules = (type: string) =>
      [...ofType(dev.resources, `aws:vpc/securityGroup${type}Rule:SecurityGroup${type}Rule`)]
        .sort(byName)
        .map(({ inputs: rule }) => [
          ...[rule["securityGroupId"], rule["referencedSecurityGroupId"] ?? rule["prefixListId"]],
          ...[rule["ipProtocol"], rule["fromPort"], rule["toPort"]],
        ]);
    const [functions, database] = ["ledger-network-functions-id", "ledger-network-database-id"];
    assert.deepEqual(rules("Egress"), [
      [functions, database, "tcp", 5433, 5433],
      [functions, "pl-dynamodb", "tcp", 443, 443],
    ]);
    assert.deepEqual(rules("Ingress"), [[database, functions, "tcp", 5433, 5433]]);
    const { ingress, egress } = inputs("ledger-network-default");
    assert.deepEqual([ingress, egress], [undefined, undefined]);
  });

  it("puts every function in it but the one that calls the Data API", () => {
    const outside = ofType(dev.resources, "aws:lambda/function:Function").filter((one) => !one.inputs["vpcConfig"]);
    assert.deepEqual(
      outside.map(({ name }) => name),
      ["events-publish-function", "ledger-prepare-function"],
    );
    const { subnetIds, securityGroupIds } = inputs("ledger-migrate-function")["vpcConfig"];
    assert.deepEqual([subnetIds, securityGroupIds], [["subnet-1", "subnet-2"], ["ledger-network-functions-id"]]);
  });

  it("encrypts, admits users by IAM over TLS alone, and exports its log", () => {
    const cluster = inputs("ledger-database-cluster");
    const { storageEncrypted, iamDatabaseAuthenticationEnabled, manageMasterUserPassword, masterPassword } = cluster;
    assert.deepEqual(
      [storageEncrypted, iamDatabaseAuthenticationEnabled, manageMasterUserPassword, masterPassword],
      [true, true, true, undefined],
    );
    assert.deepEqual(cluster["enabledCloudwatchLogsExports"], ["postgresql"]);
    assert.deepEqual(cluster["vpcSecurityGroupIds"], ["ledger-network-database-id"]);
    assert.deepEqual(inputs("ledger-database-parameters")["parameters"][0], { name: "rds.force_ssl", value: "1" });
    assert.equal(inputs("ledger-database-instance-1")["publiclyAccessible"], false);
  });

  it("has a second instance and cannot be deleted where data must be kept, and pauses where not", () => {
    const of = (deployment: Deployment<OrderLedger>) => {
      const { deletionProtection, skipFinalSnapshot, serverlessv2ScalingConfiguration } = inputs(
        "ledger-database-cluster",
        deployment,
      );
      const instances = ofType(deployment.resources, "aws:rds/clusterInstance:ClusterInstance").length;
      return [deletionProtection, skipFinalSnapshot, serverlessv2ScalingConfiguration.minCapacity, instances];
    };
    assert.deepEqual(of(dev), [false, true, 0, 1]);
    assert.deepEqual(of(prod), [true, false, 0.5, 2]);
    assert.equal(inputs("ledger-database-cluster", prod)["finalSnapshotIdentifier"], "orderflow-dev-ledger-last");
  });

  it("lets each function come as one role of the database, and do nothing more", () => {
    const role = (name: string) =>
      `rds-db:connect arn:aws:rds-db:eu-central-1:123456789012:dbuser:cluster-ABC/ledger_${name}`;
    const rights = (name: string) =>
      allowed(dev.resources, `ledger-${name}`).filter((pair) => !pair.startsWith("ec2:") && !pair.startsWith("sqs:"));
    assert.deepEqual(rights("migrate"), [role("owner")]);
    assert.deepEqual(rights("maintain"), [role("owner")]);
    assert.deepEqual(rights("list"), [role("reader")]);
    assert.deepEqual(rights("consumer-consume"), ["dynamodb:GetItem orders-table", role("writer")]);
    assert.deepEqual(allowed(dev.resources, "ledger-prepare"), [
      "rds-data:ExecuteStatement arn:aws:rds:eu-central-1:123456789012:cluster:ledger",
      "secretsmanager:GetSecretValue arn:aws:secretsmanager:secret",
    ]);
    assert.ok(allowed(dev.resources, "ledger-list").some((pair) => pair === "ec2:CreateNetworkInterface *"));
  });

  it("makes roles and schema at a deployment that changes the code for it", () => {
    const { functionName, triggers } = inputs("ledger-migrated");
    assert.equal(functionName, "orderflow-dev-migrateLedger");
    assert.match(triggers.codeHash, /^[0-9a-f]{64}$/);
    assert.notEqual(triggers.codeHash, inputs("ledger-prepared")["triggers"].codeHash);
  });

  it("hears of everything, and looks after its partitions every day", () => {
    const { eventPattern } = inputs("events-ledger-rule");
    assert.deepEqual(JSON.parse(eventPattern), { source: ["ordering-system"] });
    assert.equal(inputs("ledger-maintain-schedule")["scheduleExpression"], "rate(1 day)");
  });

  it("refuses a database without an instance", async () => {
    await deploy(() => {
      const network = {} as LedgerNetwork;
      assert.throws(
        () => new LedgerCluster("database", { network, port: 5433, instances: 0, protectData: false }),
        /^Error: LedgerCluster "database": instances must be a whole number from 1 to 15, not 0/,
      );
    });
  });
});
