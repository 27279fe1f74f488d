import { edit, merge, mutation, removed, set, type Mutation } from "../mutation";

const first = (change: (statement: any) => void) => edit("policy", (document) => void change(document.Statement[0]));

/** Mutations of functions, their roles and whatever calls them. */
export const FUNCTION_MUTATIONS: readonly Mutation[] = [
  mutation(
    "run on a runtime that AWS gave up",
    "saga-FailOrder-function",
    ["function-runs-a-supported-runtime"],
    set({ runtime: "nodejs18.x" }),
  ),
  mutation("run on Intel", "saga-CancelOrder-function", ["function-runs-on-arm"], set({ architectures: ["x86_64"] })),
  mutation(
    "leave tracing out",
    "saga-IssueReceipt-function",
    ["function-is-traced"],
    set({ tracingConfig: undefined }),
  ),
  mutation(
    "leave the timeout out",
    "saga-VoidReceipt-function",
    ["function-sets-its-timeout"],
    set({ timeout: undefined }),
  ),
  mutation(
    "run for a quarter of an hour",
    "ledger-list-function",
    ["function-sets-its-timeout"],
    set({ timeout: 900 }),
  ),
  mutation(
    "put a payment provider's key into the environment",
    "saga-ProcessPayment-function",
    ["function-keeps-no-secret-in-its-environment"],
    merge("environment", { variables: { GATEWAY_KEY: `sk_live_${"a1".repeat(12)}` } }),
  ),
  mutation(
    "let any rule call the function",
    "reconciler-permission",
    ["function-admits-named-callers"],
    set({ sourceArn: undefined }),
  ),
  mutation(
    "let everybody call the function",
    "api-create-permission",
    ["function-admits-named-callers"],
    set({ principal: "*" }),
  ),
  mutation(
    "fail whole batches of orders",
    "queue-consumer",
    ["batch-consumer-reports-single-failures"],
    set({ functionResponseTypes: undefined }),
  ),
  mutation(
    "let a bad change hold its shard up",
    "events-relay",
    ["stream-reader-keeps-what-it-gives-up"],
    set({ bisectBatchOnFunctionError: false }),
  ),
  mutation(
    "forget runs that failed",
    "reconciler-reconcile-function",
    ["event-function-keeps-failed-calls"],
    set({ deadLetterConfig: undefined }),
  ),
  mutation(
    "reserve less than the consumer may use",
    "queue-process-function",
    ["production-consumer-reserves-its-concurrency", "queue-consumer"],
    set({ reservedConcurrentExecutions: 1 }),
  ),
  mutation(
    "reserve nothing",
    "trail-consume-function",
    ["production-consumer-reserves-its-concurrency", "trail-consumer"],
    set({ reservedConcurrentExecutions: undefined }),
  ),
  mutation(
    "allow all of DynamoDB",
    "saga-ReserveInventory-policy",
    ["role-policy-names-its-actions"],
    first((statement) => (statement.Action = ["dynamodb:*"])),
  ),
  mutation(
    "allow writing to every table",
    "saga-RefundPayment-policy",
    ["role-policy-names-its-resources"],
    first((statement) => (statement.Resource = "*")),
  ),
  mutation(
    "allow decrypting with every key",
    "api-queries-policy",
    ["role-policy-names-its-resources"],
    edit(
      "policy",
      (document) => void document.Statement.push({ Effect: "Allow", Action: ["kms:Decrypt"], Resource: "*" }),
    ),
  ),
  mutation(
    "attach full access to S3",
    "saga-IssueReceipt-role",
    ["role-has-no-managed-policy"],
    set({ managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"] }),
  ),
  mutation(
    "let the account assume the role",
    "api-create-role",
    ["role-is-assumed-by-one-service"],
    edit(
      "assumeRolePolicy",
      (document) => void (document.Statement[0].Principal = { AWS: "arn:aws:iam::000000000000:root" }),
    ),
  ),
  mutation(
    "delete the function's log group",
    "notifications-consume-logs",
    ["function-logs-to-its-own-group", "notifications-consume-function"],
    removed,
  ),
  mutation(
    "share a role",
    "ledger-migrate-function",
    ["function-has-its-own-role", "ledger-migrate-function", "ledger-list-function"],
    set({ role: "arn:aws:iam::000000000000:role/orderflow-prod-listLedger" }),
  ),
];
