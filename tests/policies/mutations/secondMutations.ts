import { edit, merge, mutation, removed, set, type Mutation } from "../mutation";

const everybody = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const open = edit("policy", (document) => void document.Statement.push(everybody));

/** More mutations, at places that are mutated elsewhere as well. */
export const SECOND_MUTATIONS: readonly Mutation[] = [
  mutation(
    "let the reader try a record for days",
    "events-relay",
    ["stream-reader-keeps-what-it-gives-up"],
    set({ maximumRecordAgeInSeconds: -1 }),
  ),
  mutation(
    "take objects in the clear",
    "receipts-policy",
    ["bucket-takes-tls-only", "receipts-bucket"],
    edit("policy", (document) => ({ ...document, Statement: [] })),
  ),
  mutation("say nothing of who may publish", "events-bus-policy", ["event-bus-has-a-policy", "events-bus"], removed),
  mutation(
    "leave the database unencrypted",
    "ledger-database-cluster",
    ["database-is-encrypted"],
    set({ storageEncrypted: false }),
  ),
  mutation(
    "admit users by passwords",
    "ledger-database-cluster",
    ["database-admits-roles"],
    set({ iamDatabaseAuthenticationEnabled: false }),
  ),
  mutation(
    "let AWS delete the database",
    "ledger-database-cluster",
    ["production-database-refuses-deletion"],
    set({ deletionProtection: false }),
  ),
  mutation(
    "keep backups for a day",
    "ledger-database-cluster",
    ["database-keeps-backups"],
    set({ backupRetentionPeriod: 1 }),
  ),
  mutation(
    "leave snapshots without tags",
    "ledger-database-cluster",
    ["database-snapshots-keep-tags"],
    set({ copyTagsToSnapshot: false }),
  ),
  mutation(
    "call the administrator postgres",
    "ledger-database-cluster",
    ["database-administrator-has-a-name"],
    set({ masterUsername: "postgres" }),
  ),
  mutation(
    "write the database's password into the program",
    "ledger-database-cluster",
    ["database-keeps-no-password"],
    set({ masterPassword: "hunter2" }),
  ),
  mutation(
    "keep the database's log to itself",
    "ledger-database-cluster",
    ["database-hands-out-its-log"],
    set({ enabledCloudwatchLogsExports: [] }),
  ),
  mutation(
    "remove the instance in reserve",
    "ledger-database-instance-2",
    ["production-database-spans-zones", "ledger-database-cluster"],
    removed,
  ),
  mutation(
    "leave the state machine's traces out",
    "saga-machine",
    ["state-machine-is-traced"],
    set({ tracingConfiguration: { enabled: false } }),
  ),
  mutation(
    "log what customers order and pay",
    "saga-machine",
    ["production-logs-no-payload"],
    merge("loggingConfiguration", { includeExecutionData: true }),
  ),
  mutation(
    "wait for a payment without end",
    "saga-machine",
    ["tasks-have-timeouts"],
    edit("definition", (document) => void delete document.States.ProcessPayment.TimeoutSeconds),
  ),
  mutation(
    "give up at the first throttle",
    "saga-machine",
    ["tasks-are-retried"],
    edit("definition", (document) => void delete document.States.ReserveInventory.Retry),
  ),
  mutation("leave the API's traces out", "api-live-stage", ["api-stage-is-traced"], set({ xrayTracingEnabled: false })),
  mutation(
    "cache orders in the clear",
    "api-live-methods",
    ["api-cache-is-encrypted"],
    merge("settings", { cachingEnabled: true }),
  ),
  mutation(
    "say nothing of faults of the gateway",
    "api-live-methods",
    ["api-stage-logs-what-goes-wrong", "api-live-stage"],
    merge("settings", { loggingLevel: "OFF" }),
  ),
  mutation(
    "take whatever comes",
    "api-live-methods",
    ["api-stage-is-throttled", "api-live-stage"],
    merge("settings", { throttlingBurstLimit: undefined }),
  ),
  mutation(
    "pass requests on without a look",
    "api-api",
    ["api-validates-requests"],
    edit("body", (document) => void delete document.paths["/orders"].post["x-amazon-apigateway-request-validator"]),
  ),
  mutation("take TLS 1.0", "api-api", ["api-speaks-modern-tls"], set({ securityPolicy: "TLS_1_0" })),
  mutation(
    "measure nothing of the web ACL",
    "api-firewall-acl",
    ["web-acl-is-measured"],
    set({ visibilityConfig: { cloudwatchMetricsEnabled: false } }),
  ),
  mutation("let everybody use the key", "observability-alarms-key-policy", ["key-is-not-public"], open),
  mutation(
    "delete keys within a week",
    "observability-alarms-key",
    ["key-can-be-saved"],
    set({ deletionWindowInDays: 7 }),
  ),
];
