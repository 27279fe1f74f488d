import { edit, mutation, removed, set, unprotected, type Mutation } from "../mutation";

const everybody = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const open = edit("policy", (document) => void document.Statement.push(everybody));

/** Mutations of tables, the bucket, the key, the database and its network. */
export const DATA_MUTATIONS: readonly Mutation[] = [
  mutation(
    "switch point-in-time recovery off",
    "orders-table",
    ["table-can-be-restored"],
    set({ pointInTimeRecovery: { enabled: false }, ttl: { enabled: true } }),
  ),
  mutation(
    "leave encryption to AWS",
    "inventory-table",
    ["table-is-encrypted"],
    set({ serverSideEncryption: undefined }),
  ),
  mutation(
    "let AWS delete the payments",
    "payments-table",
    ["production-table-refuses-deletion"],
    set({ deletionProtectionEnabled: false }),
  ),
  mutation("let Pulumi delete the audit trail", "trail-table", ["production-table-refuses-deletion"], unprotected),
  mutation("buy a fixed capacity", "limits-table", ["table-grows-with-demand"], set({ billingMode: "PROVISIONED" })),
  mutation(
    "keep what was consumed for ever",
    "notifications-consumed-events",
    ["temporary-rows-expire"],
    set({ ttl: undefined }),
  ),
  mutation("let everybody at the audit trail", "trail-policy", ["table-policy-lets-nobody-in"], open),
  mutation(
    "let a policy make the bucket public",
    "receipts-public-access",
    ["bucket-blocks-public-access", "receipts-bucket"],
    set({ blockPublicPolicy: false }),
  ),
  mutation("let everybody read receipts", "receipts-policy", ["bucket-policy-names-no-stranger"], open),
  mutation(
    "leave the bucket's encryption out",
    "receipts-encryption",
    ["bucket-is-encrypted", "receipts-bucket"],
    removed,
  ),
  mutation(
    "suspend versions",
    "receipts-versions",
    ["bucket-keeps-versions", "receipts-bucket"],
    set({ versioningConfiguration: { status: "Suspended" } }),
  ),
  mutation("keep receipts for ever", "receipts-lifecycle", ["bucket-has-a-lifecycle", "receipts-bucket"], removed),
  mutation(
    "let objects have access lists",
    "receipts-ownership",
    ["bucket-has-no-acls", "receipts-bucket"],
    set({ rule: { objectOwnership: "ObjectWriter" } }),
  ),
  mutation(
    "delete the bucket with its receipts",
    "receipts-bucket",
    ["production-bucket-refuses-deletion"],
    set({ forceDestroy: true }),
  ),
  mutation("never replace the key", "observability-alarms-key", ["key-rotates"], set({ enableKeyRotation: false })),
  mutation(
    "let the database listen where everybody looks",
    "ledger-database-cluster",
    ["database-has-its-own-port"],
    set({ port: 5432 }),
  ),
  mutation(
    "take connections in the clear",
    "ledger-database-parameters",
    ["database-takes-tls-only", "ledger-database-cluster"],
    set({ parameters: [] }),
  ),
  mutation(
    "give the database an address on the internet",
    "ledger-database-instance-1",
    ["database-instance-is-private"],
    set({ publiclyAccessible: true }),
  ),
  mutation(
    "upgrade the database by hand",
    "ledger-database-instance-2",
    ["database-instance-upgrades-itself"],
    set({ autoMinorVersionUpgrade: false }),
  ),
  mutation(
    "open the database to the world",
    "ledger-network-from-functions",
    ["nothing-is-open-to-the-world"],
    set({ cidrIpv4: "0.0.0.0/0" }),
  ),
  mutation(
    "leave out what a security group is for",
    "ledger-network-functions",
    ["security-group-is-described"],
    set({ description: undefined }),
  ),
  mutation(
    "let the default group through",
    "ledger-network-default",
    ["default-security-group-is-empty"],
    set({ egress: [{ protocol: "-1", fromPort: 0, toPort: 0 }] }),
  ),
];
