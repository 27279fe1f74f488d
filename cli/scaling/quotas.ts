/** What AWS allows. */
export interface Quota {
  readonly value: number;
  readonly unit: string;
  /** Where it holds; elsewhere it may be less. */
  readonly region: string;
  /** Whether AWS raises it when asked (Service Quotas). */
  readonly adjustable: boolean;
  readonly source: string;
}

const DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide";
const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg";
const EVENTS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html";

/** The quotas that a stack in eu-central-1 can meet, as an account has them that never asked for more; each with where AWS says so. Ask Service Quotas for those of an account. */
export const QUOTAS = {
  apiRequests: {
    value: 10_000,
    unit: "requests/s of all APIs",
    region: "most; 2,500 in newer ones",
    adjustable: true,
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
  },
  concurrency: {
    value: 1000,
    unit: "invocations at once, of all functions",
    region: "all; a new account may have 10",
    adjustable: true,
    source: `${LAMBDA}/gettingstarted-limits.html`,
  },
  tableWrites: {
    value: 40_000,
    unit: "write units/s of a table, and of an index",
    region: "all",
    adjustable: true,
    source: `${DYNAMODB}/ServiceQuotas.html`,
  },
  newTableWrites: {
    value: 4000,
    unit: "write units/s of a new table",
    region: "all",
    adjustable: false,
    source: `${DYNAMODB}/on-demand-capacity-mode.html`,
  },
  keyWrites: {
    value: 1000,
    unit: "write units/s of a partition",
    region: "all",
    adjustable: false,
    source: `${DYNAMODB}/bp-partition-key-design.html`,
  },
  putEvents: {
    value: 2400,
    unit: "PutEvents requests/s, of ten events each",
    region: "eu-central-1; 10,000 in us-east-1, us-west-2, eu-west-1",
    adjustable: true,
    source: EVENTS,
  },
  ruleInvocations: {
    value: 4500,
    unit: "events/s that rules send on; what is more is late, not lost",
    region: "eu-central-1; 18,750 in us-east-1, us-west-2, eu-west-1",
    adjustable: true,
    source: EVENTS,
  },
  queueConsumers: {
    value: 1000,
    unit: "batches at once of a queue's mapping",
    region: "all",
    adjustable: false,
    source: `${LAMBDA}/services-sqs-scaling.html`,
  },
  messagesInFlight: {
    value: 120_000,
    unit: "messages received and not yet deleted, of a queue",
    region: "all",
    adjustable: true,
    source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
  },
  prefixPuts: {
    value: 3500,
    unit: "objects/s under a prefix, until S3 has split it",
    region: "all",
    adjustable: false,
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof QUOTAS;
