import assert from "node:assert/strict";
import { HandlerFunction, METRICS_NAMESPACE, type HandlerFunctionArgs } from "../../components/handlerFunction";
import { allow } from "../../components/statements";
import * as telemetry from "../../handlers/telemetry";
import { allowed, arnOf, deploy, filesOf, only } from "./deployment";

const args: HandlerFunctionArgs = {
  service: "greet",
  description: "Greets",
  factory: async () => async () => "hello",
  statements: [allow(["dynamodb:GetItem"], arnOf("table"))],
  timeoutSeconds: 7,
  logging: { level: "INFO", retentionDays: 30 },
};

describe("HandlerFunction", () => {
  const build = async (more: Partial<HandlerFunctionArgs> = {}) =>
    (await deploy(() => new HandlerFunction("api-greet", { ...args, ...more }))).resources;

  it("runs on the newest Node of Lambda, on arm64, traced, with JSON logs in its own group", async () => {
    const resources = await build();
    const { inputs } = only(resources, "api-greet-function");
    const { name, runtime, architectures, handler, tracingConfig, loggingConfig, timeout, memorySize } = inputs;

    assert.deepEqual(
      [name, runtime, architectures, handler],
      [...["orderflow-dev-greet", "nodejs24.x", ["arm64"], "index.handler"]],
    );
    assert.deepEqual(tracingConfig, { mode: "Active" });
    assert.deepEqual([timeout, memorySize], [7, 512]);
    assert.equal(loggingConfig.logFormat, "JSON");
    assert.equal(loggingConfig.logGroup, "/aws/lambda/orderflow-dev-greet");
    const { name: group, retentionInDays } = only(resources, "api-greet-logs").inputs;
    assert.deepEqual([group, retentionInDays], ["/aws/lambda/orderflow-dev-greet", 30]);
  });

  it("has a role that may do what it was given, write its own logs and send traces, and nothing else", async () => {
    const resources = await build();
    const { Statement } = JSON.parse(only(resources, "api-greet-policy").inputs["policy"]);

    assert.deepEqual(allowed(resources, "api-greet"), ["dynamodb:GetItem table"]);
    assert.deepEqual(
      Statement.slice(1).map(({ Resource }: any) => Resource),
      [[`${arnOf("api-greet-logs")}:*`], ["*"]],
    );
    assert.deepEqual(Statement[1].Action, ["logs:CreateLogStream", "logs:PutLogEvents"]);
    assert.ok(Statement[2].Action.every((action: string) => /^xray:(Put|GetSampling)/.test(action)));
  });

  it("lets no one but Lambda take the role", async () => {
    const { inputs } = only(await build(), "api-greet-role");
    const { Statement } = JSON.parse(inputs["assumeRolePolicy"]);
    assert.deepEqual(
      Statement.map(({ Principal, Action }: any) => [Principal, Action]),
      [[{ Service: "lambda.amazonaws.com" }, "sts:AssumeRole"]],
    );
    assert.equal(inputs["managedPolicyArns"], undefined);
  });

  it("keeps metrics, which are lines of level INFO, when it logs only errors", async () => {
    for (const [level, lambda] of [
      ["DEBUG", "DEBUG"],
      ["INFO", "INFO"],
      ["ERROR", "INFO"],
    ] as const) {
      const { inputs } = only(await build({ logging: { level, retentionDays: 1 } }), "api-greet-function");
      assert.equal(inputs["loggingConfig"].applicationLogLevel, lambda);
      assert.equal(inputs["environment"].variables.POWERTOOLS_LOG_LEVEL, level);
    }
  });

  it("lets every line of the invocations through that are sampled", async () => {
    const logging = { level: "ERROR", debugSamplePercent: 5, retentionDays: 1 } as const;
    const { inputs } = only(await build({ logging }), "api-greet-function");
    assert.equal(inputs["loggingConfig"].applicationLogLevel, "DEBUG");
    assert.equal(inputs["environment"].variables.DEBUG_LOG_SAMPLE_PERCENT, "5");
  });

  it("counts in the namespace that the handlers count in", () => {
    assert.equal(METRICS_NAMESPACE, telemetry.METRICS_NAMESPACE);
  });

  it("is an archive of the code and its map", async () => {
    const files = await filesOf(only(await build(), "api-greet-function"));
    assert.deepEqual(Object.keys(files), ["index.js", "index.js.map"]);
    assert.match(files["index.js"]!, /hello/);
  });

  it("names every wrong setting in one error", async () => {
    await assert.rejects(build({ service: "a b", timeoutSeconds: 901, memoryMb: 64 }), {
      message:
        'HandlerFunction "api-greet": service must be letters and digits, not "a b"; ' +
        "timeoutSeconds must be a whole number from 1 to 900, not 901; " +
        "memoryMb must be a whole number from 128 to 10240, not 64.",
    });
  });

  it("refuses a name that AWS would refuse in the middle of a deployment", async () => {
    const stack = "a-very-long-name-for-a-stack-of-someone-who-likes-words";
    const name = `orderflow-${stack}-greet`;
    await assert.rejects(
      deploy(() => new HandlerFunction("api-greet", args), stack),
      {
        message:
          `Resource "greet": its name must be at most 64 characters, not ${name.length} (${name}): ` +
          "choose a shorter stack name.",
      },
    );
  });
});
