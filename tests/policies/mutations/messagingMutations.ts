import { edit, mutation, removed, set, type Mutation } from "../mutation";

const everybody = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const open = edit("policy", (document) => void document.Statement.push(everybody));

/** Mutations of queues, topics and the bus. */
export const MESSAGING_MUTATIONS: readonly Mutation[] = [
  mutation(
    "leave the order queue unencrypted",
    "queue-queue",
    ["queue-is-encrypted"],
    set({ sqsManagedSseEnabled: false }),
  ),
  mutation("delete the policy of a queue", "trail-queue-policy", ["queue-takes-tls-only", "trail-queue"], removed),
  mutation("let everybody send", "notifications-queue-policy", ["queue-is-not-public"], open),
  mutation(
    "drop the dead-letter queue of a consumer",
    "ledger-consumer-queue",
    ["queue-keeps-failures", "ledger-consumer-queue", "ledger-consumer-dead-letters"],
    set({ redrivePolicy: undefined }),
  ),
  mutation(
    "keep dead letters for a day",
    "queue-dead-letters",
    ["dead-letters-outlive-their-queue"],
    set({ messageRetentionSeconds: 86_400 }),
  ),
  mutation(
    "hide messages for a minute",
    "trail-queue",
    ["queue-hides-messages-long-enough"],
    set({ visibilityTimeoutSeconds: 60 }),
  ),
  mutation(
    "give messages up after two receives",
    "notifications-queue",
    ["queue-tries-often-enough"],
    edit("redrivePolicy", (policy) => ({ ...policy, maxReceiveCount: 2 })),
  ),
  mutation(
    "delete the alarm on undelivered events",
    "observability-undelivered-events",
    ["failure-queue-has-an-alarm", "events-undelivered"],
    removed,
  ),
  mutation(
    "leave messages to customers unencrypted",
    "notifications-topic",
    ["topic-is-encrypted"],
    set({ kmsMasterKeyId: undefined }),
  ),
  mutation(
    "take messages of alarms in the clear",
    "observability-alarms-topic-policy",
    ["topic-takes-tls-only", "observability-alarms-topic"],
    edit("policy", (document) => ({ ...document, Statement: document.Statement.slice(1) })),
  ),
  mutation("let everybody publish to customers", "notifications-topic-policy", ["topic-is-not-public"], open),
  mutation(
    "keep alarms from their key",
    "observability-alarms-key-policy",
    ["alarm-topic-key-admits-cloudwatch", "observability-alarms-topic"],
    edit("policy", (document) => ({ ...document, Statement: document.Statement.slice(0, 1) })),
  ),
  mutation("let everybody publish events", "events-bus-policy", ["event-bus-is-closed"], open),
  mutation(
    "drop the queue of undelivered events",
    "events-order-created-target",
    ["rule-target-keeps-undelivered"],
    set({ deadLetterConfig: undefined }),
  ),
];
