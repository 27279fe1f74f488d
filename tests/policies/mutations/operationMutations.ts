import { edit, merge, mutation, removed, set, type Mutation } from "../mutation";

/** Mutations of the state machine, the API, alarms and logs. */
export const OPERATION_MUTATIONS: readonly Mutation[] = [
  mutation(
    "log nothing of executions",
    "saga-machine",
    ["state-machine-logs-its-executions"],
    merge("loggingConfiguration", { level: "OFF" }),
  ),
  mutation(
    "leave the access log out",
    "api-live-stage",
    ["api-stage-logs-access"],
    set({ accessLogSettings: undefined }),
  ),
  mutation("log bodies", "api-live-methods", ["api-logs-no-bodies"], merge("settings", { dataTraceEnabled: true })),
  mutation(
    "answer a method to anybody",
    "api-api",
    ["api-methods-know-their-caller"],
    edit("body", (document) => void delete document.paths["/orders"].post.security),
  ),
  mutation(
    "take the API from behind its web ACL",
    "api-firewall-association",
    ["production-api-has-a-web-acl", "api-live-stage"],
    removed,
  ),
  mutation("let one address ask as often as it likes", "api-firewall-acl", ["web-acl-keeps-attacks-out"], (acl) =>
    set({ rules: (acl.inputs["rules"] as readonly unknown[]).slice(1) })(acl),
  ),
  mutation(
    "say nothing of silence",
    "observability-api-latency",
    ["alarm-says-what-silence-means"],
    set({ treatMissingData: undefined }),
  ),
  mutation(
    "describe an alarm in two words",
    "observability-no-orders",
    ["alarm-describes-itself"],
    set({ alarmDescription: "No orders" }),
  ),
  mutation(
    "tell nobody of throttled tables",
    "observability-table-throttles-mail",
    ["alarm-acts", "observability-table-throttles"],
    set({ alarmActions: [] }),
  ),
  mutation(
    "delete the alarm on failing functions",
    "observability-function-errors",
    [
      ...(["function-errors-are-watched", "events-publish-function", "api-create-function"] as const),
      ...["api-queries-function", "api-reports-function", "ledger-migrate-function", "ledger-prepare-function"],
      ...["notifications-consume-function", "queue-process-function", "reconciler-reconcile-function"],
      ...["trail-consume-function"],
    ],
    removed,
  ),
  mutation("keep lines for ever", "api-queries-logs", ["log-group-forgets"], set({ retentionInDays: undefined })),
  mutation(
    "keep lines of production for a week",
    "saga-executions",
    ["production-logs-are-kept"],
    set({ retentionInDays: 7 }),
  ),
  mutation(
    "let anybody's rule write into the log",
    "event-log-policy",
    ["log-policy-names-its-writer"],
    edit("policyDocument", (document) => void delete document.Statement[0].Condition),
  ),
];
