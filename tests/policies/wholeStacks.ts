import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Violation } from "../../local/policy/policyRule";
import type { Registrations } from "../../local/registrations";
import type { Resource } from "../../local/resource";
import { EXCEPTIONS } from "../../policies/exceptions";
import { RULES } from "../../policies/rules";
import { edit, mutation, set } from "./mutation";
import { dev, prod, prodWithSignedRequests } from "./realProgram";
import { described } from "./ruleCase";
import { pack } from "./sharedPack";

const mandatory = (violations: readonly Violation[]): string[] =>
  violations.filter(({ level }) => level === "mandatory").map(({ message }) => message);

/** What Pulumi sends in a preview for a text that only the deployment knows. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A program as its first preview sees it: nothing is made, so no ARN and no URL is known. */
function previewed(resources: readonly Resource[]): readonly Resource[] {
  const hidden = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    JSON.parse(JSON.stringify(fields), (_, value: unknown) =>
      typeof value === "string" && /arn:aws|https?:\/\/127/.test(value) ? UNKNOWN : value,
    ) as Record<string, unknown>;
  return resources.map((resource) => {
    const { code: _, ...inputs } = resource.inputs;
    const { code: __, ...outputs } = resource.outputs;
    return { ...resource, inputs: hidden(inputs), outputs: { ...hidden(outputs), id: UNKNOWN } };
  });
}

describe("the guardrails", function () {
  this.timeout(240_000);
  let stacks: Record<"dev" | "prod", Registrations>;
  before(async () => {
    const [ofDev, ofProd] = await Promise.all([dev(), prod()]);
    stacks = { dev: ofDev, prod: ofProd };
  });

  async function judged(stack: "dev" | "prod", resources = stacks[stack].resources, config = stacks[stack].config) {
    return (await (await pack()).judge(resources, { config })).violations;
  }

  for (const stack of ["dev", "prod"] as const) {
    it(`are kept by ${stack}, and every exception is needed there or nowhere`, async () => {
      assert.deepEqual(await judged(stack), []);
    });
  }

  it("are kept where requests are signed, and broken where a method forgets to ask for a signature", async () => {
    const { resources, config } = await prodWithSignedRequests();
    assert.deepEqual(await judged("prod", resources, config), []);
    const forgetful = edit("body", (document) => void delete document.paths["/orders"].post.security);
    const { apply } = mutation("x", "api-api", ["-"], forgetful);
    const [broken = "", ...others] = mandatory(await judged("prod", apply(resources), config));
    assert.match(broken, /answers POST \/orders to anybody/);
    assert.deepEqual(others, []);
  });

  it("are each described by a case that keeps, one that breaks and one that is passed over", () => {
    const parts = RULES.map(({ name }) => [name, [...(described.get(name) ?? [])].sort()] as const);
    assert.deepEqual(
      parts.filter(([, shown]) => shown.join() !== "breaks,ignores,keeps").map(([name]) => name),
      [],
    );
  });

  it("stand in files of their names, and say what, why and what to do in whole sentences", () => {
    for (const { name, what, why, fix, severity } of RULES) {
      const file = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const folders = ["functions", "roles", "queues", "topics", "buses", "tables", "buckets", "workflows", "api"];
      const found = [...folders, "alarms", "logs", "keys", "databases", "network", "stack"].filter((folder) =>
        existsSync(join(__dirname, "../../policies", folder, `${file}.ts`)),
      );
      assert.equal(found.length, 1, name);
      for (const sentence of [what, why, fix]) assert.match(sentence, /^["`A-Z].*\.$/, name);
      assert.ok(severity, name);
    }
  });

  it("excuse nothing without a reason, nor twice", () => {
    for (const { reason, resource } of EXCEPTIONS) assert.ok(reason.length > 40, resource);
    const excused = EXCEPTIONS.map(({ rule, resource }) => `${rule} ${resource}`);
    assert.equal(new Set(excused).size, excused.length);
  });

  it("tell of an exception that excuses nothing any more", async () => {
    const { apply } = mutation("x", "limits-table", ["-"], set({ pointInTimeRecovery: { enabled: true } }));
    const [told, ...others] = await judged("dev", apply(stacks.dev.resources));
    assert.deepEqual(others, []);
    assert.equal(told?.level, "advisory");
    assert.match(told?.message ?? "", /exception from table-can-be-restored for limits-table excuses nothing/);
  });

  it("count a rule that throws as broken", async () => {
    const { apply } = mutation("x", "queue-queue", ["-"], set({ redrivePolicy: "{" }));
    const broken = mandatory(await judged("dev", apply(stacks.dev.resources)));
    assert.ok(
      broken.some((message) => /queue-queue could not be judged \(.*JSON/.test(message)),
      broken.join(),
    );
  });

  it("pass a first preview, and say how many checks wait for the deployment", async () => {
    const violations = await judged("prod", previewed(stacks.prod.resources));
    assert.deepEqual(mandatory(violations), []);
    const waiting = violations.find(({ rule }) => rule === "checks-wait-for-the-deployment")?.message ?? "";
    assert.match(waiting, /\d+ checks wait for the deployment.*role-policy-names-its-actions \(23\)/);
  });

  it("find in a first preview what it knows: a dropped dead-letter queue, an alarm that is gone", async () => {
    const dropped = mutation("x", "trail-queue", ["-"], set({ redrivePolicy: undefined }));
    const gone = mutation("x", "observability-relay-failures", ["-"], () => undefined);
    const resources = previewed(gone.apply(dropped.apply(stacks.prod.resources)));
    const broken = mandatory(await judged("prod", resources));
    for (const expected of ["trail-queue drops messages", "events-relay-failures fills up"]) {
      assert.ok(
        broken.some((message) => message.includes(expected)),
        `${expected}: ${broken.join("; ")}`,
      );
    }
  });

  it("take a stack's tags and its account from what the provider is told", async () => {
    const { "aws:defaultTags": _, "aws:allowedAccountIds": __, ...config } = stacks.prod.config;
    const rules = new Set((await judged("prod", undefined, config)).map(({ rule }) => rule));
    assert.deepEqual([...rules].sort(), ["production-names-its-account", "resources-are-tagged"]);
  });

  it("can be set: which runtimes are supported, which stacks are production, how hard a rule is", async () => {
    const choices = {
      "function-runs-a-supported-runtime": { properties: { runtimes: ["nodejs26.x"] } },
      "production-logs-are-kept": { level: "advisory" as const, properties: { productionStacks: ["dev"] } },
    };
    const { resources, config } = stacks.dev;
    const { violations } = await (await pack()).judge(resources, { config, choices });
    const levels = new Map(violations.map(({ rule, level }) => [rule, level]));
    assert.deepEqual([...levels].sort(), [
      ["function-runs-a-supported-runtime", "mandatory"],
      ["production-logs-are-kept", "advisory"],
    ]);
  });
});
