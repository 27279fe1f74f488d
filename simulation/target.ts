import type { Clock } from "../local/clock";
import type { Faults } from "../local/faults/faults";
import type { Feed } from "../local/feed";

/** A running pipeline as the simulator meets it: over HTTP, through AWS clients, and by what the runtime tells. */
export interface Target {
  readonly apiUrl: string;
  /** API key by tenant; at least two tenants. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Settings of an AWS client that may do everything. */
  readonly aws: {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly tables: {
    readonly orders: string;
    readonly inventory: string;
    readonly payments: string;
    /** The audit trail. */
    readonly orderEvents: string;
  };
  /** Name of the bucket. */
  readonly receiptsBucket: string;
  /** URLs. All of them must be empty in the end. */
  readonly queues: {
    readonly orders: string;
    readonly deadLetters: string;
    readonly relayFailures: string;
    readonly undelivered: string;
    /** Events on their way into the audit trail, and those that did not get there. */
    readonly trail: string;
    readonly trailDeadLetters: string;
    /** Endings that customers are still to be told of, and those that they could not be told of. */
    readonly notifications: string;
    readonly notificationsDeadLetters: string;
  };
  readonly stateMachineArn: string;
  /** ARN of the role that confirms orders. */
  readonly confirmingRole: string;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly faults: Faults;
}
