import type { BilledUnit } from "../../local/meter/charge";
import type { MonthlyUnit } from "../../local/meter/monthly";

/** What has a price: what the meter counts, what is billed by the month, and what follows from either. */
export type PricedUnit = Exclude<BilledUnit, "traceStart"> | MonthlyUnit | "lambdaMbMsX86" | "trace" | "wafRequest";

export interface Price {
  readonly dollars: number;
  /** Of so many units. */
  readonly per: number;
  /** What a unit is called, in the plural. */
  readonly name: string;
  /** Where the price stands. */
  readonly source: string;
}

/** Of which place and day the prices are. AWS's own free tier, reserved capacity and lower prices of high tiers are left out. */
export const PRICES_OF = { region: "us-east-1", date: "2026-11-20" } as const;

const MILLION = 1_000_000;
/** AWS bills gigabytes of data by the thousand, and gigabytes of memory by 1024 MB. */
const GB = 1_000_000_000;
const GB_SECOND_IN_MB_MS = 1024 * 1000;

const LAMBDA =
  "https://aws.amazon.com/lambda/pricing/, quoted by https://wring.co/blog/aws-lambda-pricing-guide (2026-03)";
const STATES =
  "https://aws.amazon.com/step-functions/pricing/, quoted by https://www.wring.co/blog/aws-step-functions-pricing-guide (2026-03)";
const DYNAMODB = "https://aws.amazon.com/dynamodb/pricing/on-demand/ (checked by others 2026-08-12)";
const CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/ (quoted by others, 2026-09)";
const SQS = "https://aws.amazon.com/sqs/pricing/";
const EVENTS = "https://aws.amazon.com/eventbridge/pricing/";
const SNS = "https://aws.amazon.com/sns/pricing/";
const S3 = "https://aws.amazon.com/s3/pricing/";
const WAF = "https://aws.amazon.com/waf/pricing/";

/** The one table of prices, in US dollars without tax. */
export const PRICES: Readonly<Record<PricedUnit, Price>> = {
  apiRequest: {
    dollars: 3.5,
    per: MILLION,
    name: "API requests",
    source: "https://aws.amazon.com/api-gateway/pricing/",
  },
  lambdaRequest: { dollars: 0.2, per: MILLION, name: "function calls", source: LAMBDA },
  lambdaMbMs: { dollars: 0.0000133334, per: GB_SECOND_IN_MB_MS, name: "MB-ms of functions (arm64)", source: LAMBDA },
  lambdaMbMsX86: { dollars: 0.0000166667, per: GB_SECOND_IN_MB_MS, name: "MB-ms of functions (x86)", source: LAMBDA },
  expressRequest: { dollars: 1, per: MILLION, name: "Express executions", source: STATES },
  expressMbMs: { dollars: 0.00001667, per: GB_SECOND_IN_MB_MS, name: "MB-ms of executions", source: STATES },
  writeUnit: { dollars: 0.625, per: MILLION, name: "write units", source: DYNAMODB },
  readUnit: { dollars: 0.125, per: MILLION, name: "read units", source: DYNAMODB },
  sqsRequest: { dollars: 0.4, per: MILLION, name: "queue requests", source: SQS },
  event: { dollars: 1, per: MILLION, name: "events", source: EVENTS },
  archiveByte: { dollars: 0.1, per: GB, name: "bytes archived", source: EVENTS },
  logByte: { dollars: 0.5, per: GB, name: "bytes logged", source: CLOUDWATCH },
  trace: { dollars: 5, per: MILLION, name: "traces", source: "https://aws.amazon.com/xray/pricing/" },
  snsRequest: { dollars: 0.5, per: MILLION, name: "requests to publish", source: SNS },
  snsMail: { dollars: 2, per: 100_000, name: "mails from topics", source: SNS },
  sesMail: { dollars: 0.1, per: 1000, name: "mails to customers", source: "https://aws.amazon.com/ses/pricing/" },
  s3Write: { dollars: 0.005, per: 1000, name: "objects written", source: S3 },
  s3Read: { dollars: 0.0004, per: 1000, name: "objects read", source: S3 },
  alarmMetric: { dollars: 0.1, per: 1, name: "metrics of alarms", source: CLOUDWATCH },
  compositeAlarm: { dollars: 0.5, per: 1, name: "composite alarms", source: CLOUDWATCH },
  dashboard: { dollars: 3, per: 1, name: "dashboards", source: CLOUDWATCH },
  customMetric: { dollars: 0.3, per: 1, name: "own metrics", source: CLOUDWATCH },
  methodMetric: { dollars: 0.3, per: 1, name: "metrics of API methods", source: CLOUDWATCH },
  key: { dollars: 1, per: 1, name: "keys", source: "https://aws.amazon.com/kms/pricing/" },
  webAcl: { dollars: 5, per: 1, name: "web ACLs", source: WAF },
  webAclRule: { dollars: 1, per: 1, name: "rules of web ACLs", source: WAF },
  wafRequest: { dollars: 0.6, per: MILLION, name: "requests through the web ACL", source: WAF },
  idlePoll: { dollars: 0.4, per: MILLION, name: "polls of empty queues", source: SQS },
};

/** What so many units cost. */
export function dollarsOf(unit: PricedUnit, quantity: number): number {
  const { dollars, per } = PRICES[unit];
  return (quantity / per) * dollars;
}
