import assert from "node:assert/strict";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { settingsFrom } from "../settings";

const root = join(__dirname, "..");

/** The texts that the program gets for a stack: declared defaults, the stack's own values, and these. */
function configured(stack: string, more: Record<string, string> = {}): (key: string) => string | undefined {
  const declared = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")).config as Record<
    string,
    { default?: unknown }
  >;
  const own = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")).config as Record<string, unknown>;
  return (key) => {
    const value = more[key] ?? own[`orderflow:${key}`] ?? declared[key]?.default;
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };
}

describe("settings", () => {
  it("of dev are complete", () => {
    assert.deepEqual(settingsFrom(configured("dev"), "dev"), {
      tenants: [{ name: "acme" }, { name: "globex" }],
      apiAuthorization: "KEY",
      throttleBurst: 200,
      throttleRate: 100,
      ...{ tenantBurst: 100, tenantRatePerSecond: 10 },
      ...{ tenantRequestBurst: 200, tenantRequestsPerSecond: 50, tenantRequestsPerMonth: 0 },
      ...{ limiterFailsOpen: true, backPressureDepth: 1000, backPressureFailsOpen: true },
      dedupeIdenticalBodiesSeconds: 0,
      paymentFailurePercent: 20,
      paymentLatencyMs: 0,
      maxReceiveCount: 5,
      receiptRetentionDays: 3653,
      finalWithinSeconds: 120,
      eventArchiveDays: 30,
      ...{ alarmEmail: "none", runbookUrl: "docs/runbook.md", traceSamplePercent: 100 },
      ...{ traceFirstPerSecond: 0, eventLog: "every" },
      ...{ alarmQueueAgeSeconds: 180, alarmQueueDepth: 500, alarmRelayAgeSeconds: 60 },
      ...{ alarmFailurePercent: 30, alarmFailureMinOrders: 10, alarmTechnicalFailures: 0 },
      ...{ alarmServerErrorPercent: 5, alarmServerErrorMinRequests: 20 },
      ...{ alarmLatencyP99Ms: 2000, alarmLatencyMinRequests: 50 },
      ...{ alarmRequeuedOrders: 0, alarmThrottles: 0, alarmFunctionErrors: 5, alarmNoOrdersMinutes: 0 },
      ...{ notificationEmail: "none", notificationSender: "none" },
      currency: "EUR",
      ...{ logLevel: "INFO", debugLogSamplePercent: 0 },
      logRetentionDays: 14,
      sagaLogLevel: "ALL",
      stockShards: 1,
      sagaLogIncludesData: false,
      protectData: false,
      ledger: false,
      ...{ waf: false, wafRequestsPerAddress: 10_000, reserveConcurrency: false },
      manageApiGatewayAccount: true,
    });
  });

  it("of prod protect data, decline nobody, log errors, and want the tenants", () => {
    const prod = settingsFrom(
      configured("prod", { tenants: '["acme"]', alarmEmail: "none", notificationEmail: "none" }),
      "prod",
    );
    const { protectData, paymentFailurePercent, sagaLogLevel, logRetentionDays, throttleBurst, throttleRate } = prod;
    assert.deepEqual(
      { protectData, paymentFailurePercent, sagaLogLevel, logRetentionDays, throttleBurst, throttleRate },
      {
        ...{ protectData: true, paymentFailurePercent: 0, sagaLogLevel: "ERROR" },
        ...{ logRetentionDays: 90, throttleBurst: 800, throttleRate: 400 },
      },
    );
    assert.throws(
      () => settingsFrom(configured("prod"), "prod"),
      /^Error: Settings of stack prod \(Pulumi\.prod\.yaml\): tenants must/,
    );
  });

  it("of prod let a tenant and the queue have more", () => {
    const prod = settingsFrom(
      configured("prod", { tenants: '["acme"]', alarmEmail: "none", notificationEmail: "none" }),
      "prod",
    );
    const { tenantBurst, tenantRatePerSecond, tenantRequestBurst, tenantRequestsPerSecond, backPressureDepth } = prod;
    assert.deepEqual([tenantBurst, tenantRatePerSecond, backPressureDepth], [400, 200, 20_000]);
    assert.deepEqual([tenantRequestBurst, tenantRequestsPerSecond], [800, 400]);
  });

  it("of prod want an address for alarms, wonder at silence, and trace few requests", () => {
    const addresses = { tenants: '["acme"]', notificationEmail: "none" };
    const prod = settingsFrom(configured("prod", { ...addresses, alarmEmail: "operators@example.com" }), "prod");
    const { alarmEmail, alarmNoOrdersMinutes, alarmQueueDepth, traceSamplePercent } = prod;
    assert.deepEqual(
      [alarmEmail, alarmNoOrdersMinutes, alarmQueueDepth, traceSamplePercent],
      ["operators@example.com", 60, 10_000, 1],
    );
    const message = messageOf(() => settingsFrom(configured("prod", addresses), "prod"));
    assert.match(message, /: alarmEmail must be an e-mail address, or none, but is not set/);
  });

  it("give a tenant limits of its own where its entry is an object", () => {
    const tenants = '["acme",{"name":"globex","burst":500,"ratePerSecond":50,"requestsPerMonth":0}]';
    assert.deepEqual(settingsFrom(configured("dev", { tenants }), "dev").tenants, [
      { name: "acme" },
      { name: "globex", burst: 500, ratePerSecond: 50, requestsPerMonth: 0 },
    ]);
  });

  it("are each declared in Pulumi.yaml with a type and a sentence, and nothing else is", () => {
    const declared = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")).config as Record<string, any>;
    assert.deepEqual(Object.keys(declared).sort(), Object.keys(settingsFrom(configured("dev"), "dev")).sort());
    for (const [key, { type, description }] of Object.entries(declared)) {
      // Pulumi has no type for a list of texts and objects, and does not check what has none.
      if (key !== "tenants") assert.match(`${type}`, /^(string|boolean|integer|array)$/, key);
      assert.match(description, /\.$/, key);
    }
  });

  it("that are missing are all named in one error", () => {
    const missing = messageOf(() => settingsFrom(() => undefined, "dev"));
    const keys = [...missing.matchAll(/(?:: |; )(\w+) must be [^;]*, but is not set/g)].map(([, key]) => key);
    assert.deepEqual(keys, Object.keys(settingsFrom(configured("dev"), "dev")));
  });

  it("that are wrong are named with what they must be, what they were and an example", () => {
    const wrong = configured("dev", { logLevel: "TRACE", throttleRate: "10.5", protectData: "yes" });
    assert.equal(
      messageOf(() => settingsFrom(wrong, "dev")),
      [
        "Settings of stack dev (Pulumi.dev.yaml): throttleRate must be a whole number from 1 to 10000, not 10.5 (for example 100)",
        "logLevel must be one of DEBUG, INFO, WARN, ERROR, not TRACE (for example INFO)",
        "protectData must be true or false, not yes (for example true).",
      ].join("; "),
    );
  });

  it("with signed requests need a role of its own for each tenant, and no quota, and say all of it at once", () => {
    const role = "arn:aws:iam::123456789012:role/one";
    const tenants = [
      ...["acme", { name: "globex", roleArn: role, requestsPerMonth: 5 }],
      { name: "initech", roleArn: "arn:aws:iam::123456789012:role/a/path/One" },
    ];
    const wrong = { apiAuthorization: "IAM", tenants: JSON.stringify(tenants), tenantRequestsPerMonth: "7" };
    assert.equal(
      messageOf(() => settingsFrom(configured("dev", { ...wrong, protectData: "yes" }), "dev")),
      [
        "Settings of stack dev (Pulumi.dev.yaml): protectData must be true or false, not yes (for example true)",
        "tenants must each have a roleArn with apiAuthorization IAM, not acme (for example [{ name: acme, roleArn: arn:aws:iam::123456789012:role/acme-orders }])",
        "tenants must each have a role of its own, whose name no other role of its account has, with apiAuthorization IAM",
        "tenants must have no requestsPerMonth with apiAuthorization IAM, not globex: quotas count keys",
        "tenantRequestsPerMonth must be 0 with apiAuthorization IAM, not 7: quotas count keys.",
      ].join("; "),
    );
    assert.equal(settingsFrom(configured("dev", { tenants: wrong.tenants }), "dev").apiAuthorization, "KEY");
    const right = { apiAuthorization: "IAM", tenants: JSON.stringify([{ name: "globex", roleArn: role }]) };
    assert.deepEqual(settingsFrom(configured("dev", right), "dev").tenants, [{ name: "globex", roleArn: role }]);
  });

  const refused: [key: string, value: string, must: string][] = [
    ["tenants", "acme", "a list of 1 to 100 different names"],
    ["tenants", "[]", "a list of 1 to 100 different names"],
    ["tenants", '["acme","acme"]', "a list of 1 to 100 different names"],
    ["tenants", '["Acme"]', "a list of 1 to 100 different names"],
    ["tenants", '["a#b"]', "a list of 1 to 100 different names"],
    ["tenants", '["acme",{"name":"acme"}]', "a list of 1 to 100 different names"],
    ["tenants", '[{"burst":1}]', "a list of 1 to 100 different names"],
    ["tenants", '[{"name":"acme","bursts":1}]', "a list of 1 to 100 different names"],
    ["tenants", '[{"name":"acme","ratePerSecond":1001}]', "a list of 1 to 100 different names"],
    ["tenants", '[{"name":"acme","ratePerSecond":0.5}]', "a list of 1 to 100 different names"],
    ["tenants", '[{"name":"acme","roleArn":"acme-orders"}]', "a list of 1 to 100 different names"],
    [
      "tenants",
      '[{"name":"acme","roleArn":"arn:aws:iam::123456789012:user/acme"}]',
      "a list of 1 to 100 different names",
    ],
    ["tenants", '[{"name":"acme","roleArn":"arn:aws:iam::1234:role/acme"}]', "a list of 1 to 100 different names"],
    ["apiAuthorization", "iam", "one of KEY, IAM"],
    ["tenantBurst", "0", "a whole number from 1 to 100000"],
    ["tenantRatePerSecond", "1001", "a whole number from 1 to 1000"],
    ["tenantRequestBurst", "5001", "a whole number from 1 to 5000"],
    ["tenantRequestsPerSecond", "0", "a whole number from 1 to 10000"],
    ["tenantRequestsPerMonth", "-1", "a whole number from 0 to 2000000000"],
    ["limiterFailsOpen", "yes", "true or false"],
    ["backPressureDepth", "0", "a whole number from 1 to 10000000"],
    ["backPressureFailsOpen", "1", "true or false"],
    ["alarmEmail", "operators", "an e-mail address, or none"],
    ["alarmQueueAgeSeconds", "59", "a whole number from 60 to 86400"],
    ["alarmFailurePercent", "101", "a whole number from 0 to 100"],
    ["alarmNoOrdersMinutes", "1441", "a whole number from 0 to 1440"],
    ["runbookUrl", "the wiki", "a URL or a path, without spaces"],
    ["traceSamplePercent", "101", "a whole number from 0 to 100"],
    ["traceFirstPerSecond", "101", "a whole number from 0 to 100"],
    ["eventLog", "all", "one of every, endings"],
    ["throttleBurst", "0", "a whole number from 1 to 5000"],
    ["throttleBurst", "5001", "a whole number from 1 to 5000"],
    ["dedupeIdenticalBodiesSeconds", "86401", "a whole number from 0 to 86400"],
    ["paymentFailurePercent", "101", "a whole number from 0 to 100"],
    ["paymentFailurePercent", "-1", "a whole number from 0 to 100"],
    ["paymentLatencyMs", "2001", "a whole number from 0 to 2000"],
    ["maxReceiveCount", "4", "a whole number from 5 to 1000"],
    ["finalWithinSeconds", "59", "a whole number from 60 to 86400"],
    ["receiptRetentionDays", "0", "a whole number from 1 to 36500"],
    ["currency", "EURO", "the code of a currency (ISO 4217)"],
    ["currency", "eur", "the code of a currency (ISO 4217)"],
    ["logRetentionDays", "15", "one of 1, 3, 5, 7, 14, 30"],
    ["sagaLogLevel", "DEBUG", "one of ALL, ERROR, FATAL, OFF"],
    ["sagaLogIncludesData", "1", "true or false"],
    ["manageApiGatewayAccount", "", "true or false"],
  ];
  for (const [key, value, must] of refused) {
    it(`refuse ${value || "an empty text"} as ${key}`, () => {
      const message = messageOf(() => settingsFrom(configured("dev", { [key]: value }), "dev"));
      assert.ok(message.includes(`: ${key} must be ${must}`), message);
      assert.ok(message.includes(`, not ${value} (for example `), message);
    });
  }
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail("Nothing was refused.");
}
