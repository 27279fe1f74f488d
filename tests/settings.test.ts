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
      tenants: ["acme", "globex"],
      throttleBurst: 200,
      throttleRate: 100,
      paymentFailurePercent: 20,
      paymentLatencyMs: 0,
      maxReceiveCount: 5,
      receiptRetentionDays: 3653,
      finalWithinSeconds: 120,
      currency: "EUR",
      logLevel: "INFO",
      logRetentionDays: 14,
      sagaLogLevel: "ALL",
      sagaLogIncludesData: false,
      protectData: false,
      manageApiGatewayAccount: true,
    });
  });

  it("of prod protect data, decline nobody, log errors, and want the tenants", () => {
    const prod = settingsFrom(configured("prod", { tenants: '["acme"]' }), "prod");
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

  it("are each declared in Pulumi.yaml with a type and a sentence, and nothing else is", () => {
    const declared = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")).config as Record<string, any>;
    assert.deepEqual(Object.keys(declared).sort(), Object.keys(settingsFrom(configured("dev"), "dev")).sort());
    for (const [key, { type, description }] of Object.entries(declared)) {
      assert.match(`${type}`, /^(string|boolean|integer|array)$/, key);
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

  const refused: [key: string, value: string, must: string][] = [
    ["tenants", "acme", "a list of 1 to 100 different names"],
    ["tenants", "[]", "a list of 1 to 100 different names"],
    ["tenants", '["acme","acme"]', "a list of 1 to 100 different names"],
    ["tenants", '["Acme"]', "a list of 1 to 100 different names"],
    ["tenants", '["a#b"]', "a list of 1 to 100 different names"],
    ["throttleBurst", "0", "a whole number from 1 to 5000"],
    ["throttleBurst", "5001", "a whole number from 1 to 5000"],
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
