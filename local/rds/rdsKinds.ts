import { createHash } from "node:crypto";
import type { Cloud, RegisteredInputs, ResourceKind } from "../resource";

export const CLUSTER_TYPE = "aws:rds/cluster:Cluster";

/** What a cluster answers beside its inputs. The name of its database is only kept: a connection gets the one that there is. */
export function clusterKind(port: () => number): ResourceKind {
  return {
    type: CLUSTER_TYPE,
    honours: ["clusterIdentifier", "engine", "databaseName", "enableHttpEndpoint", "manageMasterUserPassword"],
    withoutLocalEffect: [
      "allowMajorVersionUpgrade",
      "applyImmediately",
      "autoMinorVersionUpgrade",
      "backupRetentionPeriod",
      "copyTagsToSnapshot",
      "databaseInsightsMode",
      "dbClusterParameterGroupName",
      "dbSubnetGroupName",
      "deletionProtection",
      "enabledCloudwatchLogsExports",
      "engineMode",
      "engineVersion",
      "finalSnapshotIdentifier",
      "iamDatabaseAuthenticationEnabled",
      "masterUsername",
      "performanceInsightsEnabled",
      "performanceInsightsRetentionPeriod",
      "port",
      "preferredBackupWindow",
      "preferredMaintenanceWindow",
      "serverlessv2ScalingConfiguration",
      "skipFinalSnapshot",
      "storageEncrypted",
      "tags",
      "vpcSecurityGroupIds",
    ],
    outputs(resource, cloud) {
      const { engine, clusterIdentifier, manageMasterUserPassword } = resource.inputs;
      if (engine !== "aurora-postgresql") {
        throw new Error(`${resource.name}: the local runtime has PostgreSQL only, not the engine ${String(engine)}.`);
      }
      const id = typeof clusterIdentifier === "string" ? clusterIdentifier : resource.physicalName;
      const { accountId, region } = cloud;
      return {
        id,
        clusterIdentifier: id,
        arn: `arn:aws:rds:${region}:${accountId}:cluster:${id}`,
        clusterResourceId: resourceId(resource),
        endpoint: "127.0.0.1",
        readerEndpoint: "127.0.0.1",
        port: port(),
        masterUserSecrets:
          manageMasterUserPassword === true ? [{ secretArn: secretArn(id, cloud), secretStatus: "active" }] : [],
      };
    },
  };
}

/** What stands around a cluster; on one machine there is nothing to act upon. */
export const rdsKinds: readonly ResourceKind[] = [
  withoutEffect("aws:rds/subnetGroup:SubnetGroup", "subgrp", ["name", "description", "subnetIds", "tags"]),
  withoutEffect("aws:rds/clusterParameterGroup:ClusterParameterGroup", "cluster-pg", [
    ...["name", "description", "family", "parameters", "tags"],
  ]),
  withoutEffect("aws:rds/clusterInstance:ClusterInstance", "db", [
    ...["identifier", "clusterIdentifier", "instanceClass", "engine", "engineVersion", "publiclyAccessible"],
    ...["autoMinorVersionUpgrade", "caCertIdentifier", "monitoringInterval", "monitoringRoleArn", "promotionTier"],
    ...["performanceInsightsEnabled", "copyTagsToSnapshot", "applyImmediately", "dbSubnetGroupName", "tags"],
  ]),
];

function withoutEffect(type: string, arnPart: string, inputs: readonly string[]): ResourceKind {
  return {
    type,
    honours: [],
    withoutLocalEffect: inputs,
    outputs(resource, { region, accountId }: Cloud) {
      const given = resource.inputs["name"] ?? resource.inputs["identifier"];
      const id = typeof given === "string" ? given : resource.physicalName;
      return { id, name: id, identifier: id, arn: `arn:aws:rds:${region}:${accountId}:${arnPart}:${id}` };
    },
  };
}

function secretArn(id: string, { region, accountId }: Cloud): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!cluster-${id}`;
}

function resourceId({ urn }: RegisteredInputs): string {
  return `cluster-${createHash("sha256").update(urn).digest("hex").slice(0, 26).toUpperCase()}`;
}
