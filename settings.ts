import * as pulumi from "@pulumi/pulumi";
import { Check } from "@sinclair/typebox/value";
import { MAX_STOCK_SHARDS } from "./contracts/stockShards";
import { MAX_BURST, MAX_QUOTA, MAX_RATE_PER_SECOND, type Tenant, TenantList } from "./contracts/tenant";
import { roleKeyOf } from "./contracts/tenantRole";

/** The stack's configuration, checked. Pulumi.yaml says what each setting means, and its default. */
export type Settings = { readonly [Key in keyof typeof RULES]: (typeof RULES)[Key] extends Rule<infer T> ? T : never };

/** Reads the configuration of the stack that is being deployed; throws like {@link settingsFrom}. */
export function loadSettings(): Settings {
  const config = new pulumi.Config("orderflow");
  return settingsFrom((key) => config.get(key), pulumi.getStack());
}

/**
 * Makes settings of configuration texts (lists are JSON). Throws one error for all settings that are
 * missing or wrong: what each must be, what it is, and a line for the stack's file that would be right.
 */
export function settingsFrom(valueOf: (key: string) => string | undefined, stack: string): Settings {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [key, rule] of Object.entries(RULES)) {
    const given = valueOf(key);
    settings[key] = given === undefined ? undefined : rule.parse(given);
    if (settings[key] !== undefined) continue;
    const was = given === undefined ? "but is not set" : `not ${given}`;
    problems.push(`${key} must be ${rule.expected}, ${was} (for example ${rule.example})`);
  }
  problems.push(...signingProblems(settings));
  if (problems.length > 0) {
    throw new Error(`Settings of stack ${stack} (Pulumi.${stack}.yaml): ${problems.join("; ")}.`);
  }
  return settings as Settings;
}

/** What must be told of tenants that sign their requests; settings that are wrong by themselves are left out. */
function signingProblems({ apiAuthorization, tenants = [], tenantRequestsPerMonth }: Partial<Settings>): string[] {
  if (apiAuthorization !== "IAM") return [];
  const keys = tenants.flatMap(({ roleArn }) => roleKeyOf(roleArn ?? "") ?? []);
  const without = tenants.filter(({ roleArn }) => roleArn === undefined).map(({ name }) => name);
  const limited = tenants.filter(({ requestsPerMonth = 0 }) => requestsPerMonth > 0).map(({ name }) => name);
  const example = "[{ name: acme, roleArn: arn:aws:iam::123456789012:role/acme-orders }]";
  return [
    ...(without.length > 0
      ? [
          `tenants must each have a roleArn with apiAuthorization IAM, not ${without.join(", ")} (for example ${example})`,
        ]
      : []),
    ...(new Set(keys).size < keys.length
      ? [
          "tenants must each have a role of its own, whose name no other role of its account has, with apiAuthorization IAM",
        ]
      : []),
    ...(limited.length > 0
      ? [
          `tenants must have no requestsPerMonth with apiAuthorization IAM, not ${limited.join(", ")}: quotas count keys`,
        ]
      : []),
    ...((tenantRequestsPerMonth ?? 0) > 0
      ? [`tenantRequestsPerMonth must be 0 with apiAuthorization IAM, not ${tenantRequestsPerMonth}: quotas count keys`]
      : []),
  ];
}

/** What one setting may be. */
interface Rule<T> {
  /** Follows "must be". */
  readonly expected: string;
  /** A right value, as YAML. */
  readonly example: string;
  /** Undefined when the text is no such value. */
  parse(text: string): T | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** `none` for nobody, said aloud: an address that was forgotten must not pass for one. */
const addressOrNone: Rule<string> = {
  expected: "an e-mail address, or none",
  example: "orders@example.com",
  parse: (text) => (text === "none" || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? text : undefined),
};

const RULES = {
  tenants: {
    expected:
      `a list of 1 to 100 different names of at most 31 lower-case letters, digits and hyphens, each starting with a ` +
      `letter, or of objects with a name and any of roleArn (the ARN of an IAM role), burst (1 to ${MAX_BURST}), ratePerSecond (1 to ` +
      `${MAX_RATE_PER_SECOND}) and requestsPerMonth (0 to ${MAX_QUOTA})`,
    example: "[acme, { name: globex, burst: 500 }]",
    parse: tenantList,
  } satisfies Rule<readonly Tenant[]>,
  apiAuthorization: oneOf(["KEY", "IAM"], "KEY"),
  // The account's own limits, where a higher value would have no effect:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  throttleBurst: wholeNumber(1, 5000, 200),
  throttleRate: wholeNumber(1, 10_000, 100),
  tenantBurst: wholeNumber(1, MAX_BURST, 100),
  tenantRatePerSecond: wholeNumber(1, MAX_RATE_PER_SECOND, 10),
  tenantRequestBurst: wholeNumber(1, 5000, 200),
  tenantRequestsPerSecond: wholeNumber(1, 10_000, 50),
  tenantRequestsPerMonth: wholeNumber(0, MAX_QUOTA, 0),
  limiterFailsOpen: flag("true"),
  backPressureDepth: wholeNumber(1, 10_000_000, 1000),
  backPressureFailsOpen: flag("true"),
  dedupeIdenticalBodiesSeconds: wholeNumber(0, 86_400, 0),
  stockShards: wholeNumber(1, MAX_STOCK_SHARDS, 1),
  paymentFailurePercent: wholeNumber(0, 100, 20),
  // A payment task has three seconds: with a longer wait no order could ever be paid.
  paymentLatencyMs: wholeNumber(0, 2000, 0),
  // AWS advises at least five, because a throttled delivery counts as a receive:
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  maxReceiveCount: wholeNumber(5, 1000, 5),
  finalWithinSeconds: wholeNumber(60, 86_400, 120),
  receiptRetentionDays: wholeNumber(1, 36_500, 3653),
  eventArchiveDays: wholeNumber(0, 36_500, 30),
  alarmEmail: addressOrNone,
  alarmQueueAgeSeconds: wholeNumber(60, 86_400, 180),
  alarmQueueDepth: wholeNumber(0, 10_000_000, 500),
  alarmRelayAgeSeconds: wholeNumber(1, 86_400, 60),
  alarmFailurePercent: wholeNumber(0, 100, 30),
  alarmFailureMinOrders: wholeNumber(1, 1_000_000, 10),
  alarmTechnicalFailures: wholeNumber(0, 1_000_000, 0),
  alarmServerErrorPercent: wholeNumber(0, 100, 5),
  alarmServerErrorMinRequests: wholeNumber(1, 1_000_000, 20),
  alarmLatencyP99Ms: wholeNumber(1, 29_000, 2000),
  alarmLatencyMinRequests: wholeNumber(1, 1_000_000, 50),
  alarmRequeuedOrders: wholeNumber(0, 1_000_000, 0),
  alarmThrottles: wholeNumber(0, 1_000_000, 0),
  alarmFunctionErrors: wholeNumber(0, 1_000_000, 5),
  // An alarm looks back a day at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  alarmNoOrdersMinutes: wholeNumber(0, 1440, 60),
  runbookUrl: {
    expected: "a URL or a path, without spaces",
    example: "https://example.com/docs/runbook.md",
    parse: (text) => (/^[^\s#]{1,300}$/.test(text) ? text : undefined),
  } satisfies Rule<string>,
  traceSamplePercent: wholeNumber(0, 100, 1),
  traceFirstPerSecond: wholeNumber(0, 100, 0),
  notificationEmail: addressOrNone,
  notificationSender: addressOrNone,
  currency: { expected: "the code of a currency (ISO 4217)", example: "EUR", parse: currencyCode },
  logLevel: oneOf(["DEBUG", "INFO", "WARN", "ERROR"], "INFO"),
  debugLogSamplePercent: wholeNumber(0, 100, 1),
  logRetentionDays: {
    expected: `one of ${RETENTION_DAYS.join(", ")}`,
    example: "14",
    parse: (text) => RETENTION_DAYS.find((days) => String(days) === text),
  } satisfies Rule<number>,
  eventLog: oneOf(["every", "endings"], "endings"),
  sagaLogLevel: oneOf(["ALL", "ERROR", "FATAL", "OFF"], "ERROR"),
  sagaLogIncludesData: flag("false"),
  protectData: flag("true"),
  ledger: flag("false"),
  waf: flag("true"),
  // The range that WAF takes: https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
  wafRequestsPerAddress: wholeNumber(10, 2_000_000_000, 10_000),
  reserveConcurrency: flag("true"),
  manageApiGatewayAccount: flag("true"),
} as const;

function wholeNumber(min: number, max: number, example: number): Rule<number> {
  return {
    expected: `a whole number from ${min} to ${max}`,
    example: String(example),
    parse: (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

function oneOf<const Value extends string>(values: readonly Value[], example: NoInfer<Value>): Rule<Value> {
  return { expected: `one of ${values.join(", ")}`, example, parse: (text) => values.find((value) => value === text) };
}

function flag(example: "true" | "false"): Rule<boolean> {
  return {
    expected: "true or false",
    example,
    parse: (text) => (text === "true" || text === "false" ? text === "true" : undefined),
  };
}

function tenantList(json: string): readonly Tenant[] | undefined {
  const given = parsed(json);
  if (!Check(TenantList, given)) return undefined;
  const tenants = given.map((tenant) => (typeof tenant === "string" ? { name: tenant } : tenant));
  return new Set(tenants.map(({ name }) => name)).size === tenants.length ? tenants : undefined;
}

function currencyCode(text: string): string | undefined {
  return Intl.supportedValuesOf("currency").includes(text) ? text : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
