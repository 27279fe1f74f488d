import {
  CLUSTER,
  CLUSTER_INSTANCE,
  CLUSTER_PARAMETERS,
  DEFAULT_SECURITY_GROUP,
  INGRESS_RULE,
  QUEUE,
  SECURITY_GROUP,
} from "../../../policies/resourceTypes";
import { made, type Making } from "../resources";
import { describeRule } from "../ruleCase";

const other = made(QUEUE, {}, { name: "other" });
const inProd = { stack: "prod" };
const cluster = (inputs: object = {}, making?: Making) => made(CLUSTER, { ...inputs }, making);

describeRule("database-is-encrypted", {
  keeps: [cluster({ storageEncrypted: true })],
  breaks: { "thing is not encrypted.": [cluster()] },
  ignores: [other],
});

describeRule("database-admits-roles", {
  keeps: [cluster({ iamDatabaseAuthenticationEnabled: true })],
  breaks: { "thing admits users by passwords alone.": [cluster()] },
  ignores: [other],
});

const kept = { deletionProtection: true, skipFinalSnapshot: false };
describeRule("production-database-refuses-deletion", {
  keeps: [cluster(kept, { ...inProd, protect: true })],
  breaks: {
    "thing can be deleted in AWS.": [cluster({ ...kept, deletionProtection: false }, { ...inProd, protect: true })],
    "thing leaves no last snapshot.": [cluster({ ...kept, skipFinalSnapshot: true }, { ...inProd, protect: true })],
    "thing can be deleted by Pulumi.": [cluster(kept, inProd)],
  },
  ignores: [other, cluster()],
});

describeRule("database-has-its-own-port", {
  keeps: [cluster({ port: 5433 })],
  breaks: { "thing listens on 5432.": [cluster()] },
  ignores: [other],
});

describeRule("database-keeps-backups", {
  keeps: [cluster({ backupRetentionPeriod: 7 })],
  breaks: { "thing keeps backups for 1 days.": [cluster()] },
  ignores: [other],
});

describeRule("database-snapshots-keep-tags", {
  keeps: [cluster({ copyTagsToSnapshot: true })],
  breaks: { "thing leaves its snapshots without tags.": [cluster()] },
  ignores: [other],
});

describeRule("database-administrator-has-a-name", {
  keeps: [cluster({ masterUsername: "shop_admin" })],
  breaks: { "thing calls its administrator postgres.": [cluster({ masterUsername: "postgres" })] },
  ignores: [other],
});

describeRule("database-keeps-no-password", {
  keeps: [cluster({ manageMasterUserPassword: true })],
  breaks: {
    "thing has no password that is changed by itself.": [cluster()],
    "thing is given its password by the program.": [cluster({ masterPassword: "hunter2" })],
  },
  ignores: [other],
});

describeRule("database-hands-out-its-log", {
  keeps: [cluster({ enabledCloudwatchLogsExports: ["postgresql"] })],
  breaks: { "thing keeps its log to itself.": [cluster()] },
  ignores: [other],
});

const instance = (name: string, of: Making = {}) =>
  made(CLUSTER_INSTANCE, {}, { name, from: { clusterIdentifier: [cluster({}, of)] } });
describeRule("production-database-spans-zones", {
  keeps: [cluster({}, inProd), instance("one", inProd), instance("two", inProd)],
  breaks: {
    "thing has one instance.": [cluster({}, inProd), instance("one", inProd)],
    "thing has no instance.": [cluster({}, inProd)],
  },
  ignores: [other, cluster()],
});

const parameters = (value: string) =>
  made(CLUSTER_PARAMETERS, { name: "group", parameters: [{ name: "rds.force_ssl", value }] }, { name: "group" });
describeRule("database-takes-tls-only", {
  keeps: [cluster({ dbClusterParameterGroupName: "group" }), parameters("1")],
  breaks: {
    "thing takes connections in the clear.": [cluster({ dbClusterParameterGroupName: "group" }), parameters("0")],
  },
  ignores: [other],
});

const standing = (inputs: object) => made(CLUSTER_INSTANCE, { ...inputs });
describeRule("database-instance-is-private", {
  keeps: [standing({ publiclyAccessible: false })],
  breaks: { "thing may have an address on the internet.": [standing({})] },
  ignores: [other],
});

describeRule("database-instance-upgrades-itself", {
  keeps: [standing({ autoMinorVersionUpgrade: true })],
  breaks: { "thing waits for somebody to upgrade it.": [standing({ autoMinorVersionUpgrade: false })] },
  ignores: [other],
});

describeRule("nothing-is-open-to-the-world", {
  keeps: [
    made(SECURITY_GROUP, { ingress: [{ cidrBlocks: ["10.0.0.0/8"] }] }),
    made(INGRESS_RULE, { referencedSecurityGroupId: "sg-1" }, { name: "from a group" }),
  ],
  breaks: {
    "thing lets the whole internet in.": [made(INGRESS_RULE, { cidrIpv4: "0.0.0.0/0" })],
    "group lets the whole internet in.": [
      made(SECURITY_GROUP, { ingress: [{ ipv6CidrBlocks: ["::/0"] }] }, { name: "group" }),
    ],
  },
  ignores: [other],
});

describeRule("security-group-is-described", {
  keeps: [made(SECURITY_GROUP, { description: "The database" })],
  breaks: { "thing does not say what it is for.": [made(SECURITY_GROUP, {})] },
  ignores: [other],
});

describeRule("default-security-group-is-empty", {
  keeps: [made(DEFAULT_SECURITY_GROUP, {})],
  breaks: { "thing lets something through.": [made(DEFAULT_SECURITY_GROUP, { egress: [{ fromPort: 0 }] })] },
  ignores: [other],
});
