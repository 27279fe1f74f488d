/** A saga that came to its end, as the runtime saw it. */
export interface SagaEnd {
  readonly orderId: string;
  /** `COMPLETED` when the order is confirmed; else why it failed, or the execution's own status. */
  readonly outcome: string;
  /** Milliseconds since 1970, with fractions. */
  readonly timeMs: number;
}

/** A running pipeline as it is measured: over HTTP, through AWS clients, by its processes and by what its runtime tells. */
export interface Subject {
  /** The process of the runtime; the database and the functions' processes are its children. */
  readonly pid: number;
  readonly apiUrl: string;
  /** API key by tenant. */
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
    readonly orderEvents: string;
    readonly rateLimits: string;
  };
  /** Queues that are empty once all consumers have caught up. */
  readonly consumerQueueUrls: readonly string[];
  /** Name of the function that reads the orders' stream. */
  readonly relayFunction: string;
  /** Listens until the answer is called. */
  onSagaEnd(listener: (end: SagaEnd) => void): () => void;
  /** Bytes on the runtime's heap after a collection. */
  heapBytes(): Promise<number>;
  /** Lets the relay go on behind what has changed since it was made to rest. */
  skipChanges(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a pipeline with these settings of the stack, on free ports, every function's process ready. */
export type StartSubject = (settings?: readonly string[]) => Promise<Subject>;
