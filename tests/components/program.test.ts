import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { deployProgram, devProgram, prodProgram, root, type DeployedProgram } from "./deployedProgram";
import { allowed, arnOf, filesOf, ofType, only, valueOf, type Deployment } from "./deployment";

describe("the program", () => {
  let dev: DeployedProgram;
  let prod: DeployedProgram;
  before(async () => {
    dev = await devProgram();
    prod = await prodProgram();
  });

  const inputs = (name: string): Record<string, any> => only(dev.resources, name).inputs;

  it("exports what clients and operators need", async () => {
    const exported = Object.entries(dev.built).filter(([, value]) => pulumi.Output.isInstance(value));
    assert.deepEqual(exported.map(([name]) => name).sort(), [
      ...["alarmNames", "alarmTopicArn"],
      ...[
        "apiKeys",
        "apiUrl",
        "customerMessagesTopicArn",
        "dashboardName",
        "deadLetterQueueUrl",
        "eventArchiveArn",
        "eventBusName",
        "functionNames",
        "inventoryTable",
        "logGroupNames",
        "notificationsDeadLetterQueueUrl",
        "notificationsQueueUrl",
      ],
      ...[
        "orderEventsTable",
        "orderQueueUrl",
        "ordersTable",
        "paymentsTable",
        "rateLimitsTable",
        "receiptsBucket",
        "reconcileFailureQueueUrl",
      ],
      ...[
        "relayFailureQueueUrl",
        "stateMachineArn",
        "trailDeadLetterQueueUrl",
        "trailQueueUrl",
        "undeliveredEventsQueueUrl",
      ],
    ]);
    const keys = dev.built["apiKeys"] as pulumi.Output<unknown>;
    assert.deepEqual(await valueOf(keys), {
      acme: "value-of-api-tenants-acme-key",
      globex: "value-of-api-tenants-globex-key",
    });
    assert.equal(await pulumi.isSecret(keys), true);
  });

  it("lets the state machine call its own nine functions", () => {
    const invoked = allowed(dev.resources, "saga").filter((pair) => pair.startsWith("lambda:"));
    assert.deepEqual(
      invoked,
      [
        "Reserve Inventory",
        "Release Inventory",
        "Process Payment",
        "Refund Payment",
        "Issue Receipt",
        "Void Receipt",
        "Confirm Order",
        "Cancel Order",
        "Fail Order",
      ].map((task) => `lambda:InvokeFunction saga-${task.replace(" ", "")}-function`),
    );
  });

  it("gives no role a wildcard but where AWS has nothing narrower", () => {
    for (const { name, inputs } of ofType(dev.resources, "aws:iam/rolePolicy:RolePolicy")) {
      for (const { Action, Resource } of JSON.parse(inputs["policy"]).Statement) {
        assert.ok(!Action.some((action: string) => action.includes("*")), `${name}: ${Action}`);
        if (Resource.includes("*")) assert.match(Action[0], /^(xray:|logs:(CreateLogDelivery|CreateLogGroup))/, name);
      }
    }
  });

  it("carries each created order to the queue as the event's detail, and keeps what cannot be delivered", () => {
    const { eventPattern } = inputs("events-order-created-rule");
    assert.deepEqual(JSON.parse(eventPattern), { source: ["ordering-system"], "detail-type": ["OrderCreated"] });
    const { arn, inputPath, deadLetterConfig, retryPolicy } = inputs("events-order-created-target");
    assert.deepEqual([arn, inputPath], [arnOf("queue-queue"), "$.detail"]);
    assert.deepEqual(deadLetterConfig, { arn: arnOf("events-undelivered") });
    assert.deepEqual(retryPolicy, { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 });
  });

  it("opens the order queue to that rule alone, and every queue to TLS alone", () => {
    const statements = (name: string) => JSON.parse(inputs(`${name}-policy`)["policy"]).Statement;
    const [deny, allow, ...rest] = statements("queue-queue");
    assert.deepEqual(rest, []);
    assert.deepEqual(
      [allow.Principal, allow.Condition],
      [{ Service: "events.amazonaws.com" }, { ArnLike: { "aws:SourceArn": arnOf("events-order-created-rule") } }],
    );
    const failures = ["queue-dead-letters", "events-relay-failures", "events-undelivered", "reconciler-failed-runs"];
    const consumers = ["notifications-dead-letters", "trail-dead-letters"];
    for (const name of [...failures, ...consumers]) {
      assert.deepEqual(statements(name)[0].Condition, { Bool: { "aws:SecureTransport": "false" } }, name);
    }
    assert.deepEqual([deny.Effect, deny.Principal, deny.Action], ["Deny", "*", "sqs:*"]);
    assert.equal(ofType(dev.resources, "aws:sqs/queue:Queue").length, 1 + failures.length + 2 * consumers.length);
  });

  it("keeps an order that fails five deliveries, for fourteen days", () => {
    const { redrivePolicy, visibilityTimeoutSeconds } = inputs("queue-queue");
    assert.deepEqual(JSON.parse(redrivePolicy), {
      deadLetterTargetArn: arnOf("queue-dead-letters"),
      maxReceiveCount: 5,
    });
    assert.equal(inputs("queue-dead-letters")["messageRetentionSeconds"], 14 * 24 * 3600);
    assert.equal(visibilityTimeoutSeconds, 6 * inputs("queue-process-function")["timeout"]);
  });

  it("nests its timeouts: attempt, task function, state machine, consumer", () => {
    const { TimeoutSeconds, States } = JSON.parse(inputs("saga-machine")["definition"]);
    for (const [name, state] of Object.entries<any>(States)) {
      if (state.Type !== "Task") continue;
      assert.equal(state.Resource, arnOf(`saga-${name}-function`));
      assert.equal(inputs(`saga-${name}-function`)["timeout"], state.TimeoutSeconds, name);
      assert.ok(state.TimeoutSeconds < TimeoutSeconds);
    }
    assert.ok(TimeoutSeconds < inputs("queue-process-function")["timeout"]);
  });

  it("relays every change in order, isolates one that fails, and leaves word of what it gives up", () => {
    const relay = inputs("events-relay");
    assert.equal(relay["startingPosition"], "TRIM_HORIZON");
    assert.equal(relay["bisectBatchOnFunctionError"], true);
    assert.deepEqual(relay["functionResponseTypes"], ["ReportBatchItemFailures"]);
    assert.deepEqual(relay["destinationConfig"], { onFailure: { destinationArn: arnOf("events-relay-failures") } });
    assert.ok(relay["maximumRecordAgeInSeconds"] < 24 * 3600);
  });

  it("takes messages off the queue one by one, and no faster than orders can come", () => {
    const { functionResponseTypes, batchSize, scalingConfig } = inputs("queue-consumer");
    assert.deepEqual(functionResponseTypes, ["ReportBatchItemFailures"]);
    assert.deepEqual([batchSize, scalingConfig], [10, { maximumConcurrency: 10 }]);
  });

  it("runs the saga as an Express state machine that is traced and logs without data", () => {
    const { type, loggingConfiguration, tracingConfiguration } = inputs("saga-machine");
    assert.equal(type, "EXPRESS");
    assert.deepEqual(tracingConfiguration, { enabled: true });
    assert.deepEqual(loggingConfiguration, {
      ...{ level: "ALL", includeExecutionData: false },
      logDestination: `${arnOf("saga-executions")}:*`,
    });
    assert.match(inputs("saga-executions")["name"], /^\/aws\/vendedlogs\/states\//);
  });

  it("publishes the API anew whenever its document changes", () => {
    const trigger = ({ resources }: Deployment<unknown>): { body: string } =>
      only(resources, "api-live-deployment").inputs["triggers"];
    assert.match(trigger(dev).body, /^[0-9a-f]{64}$/);
    assert.notDeepEqual(trigger(prod), trigger(dev));
  });

  it("throttles the stage, traces it, logs each request, and logs no body", () => {
    assert.deepEqual(inputs("api-live-methods")["settings"], {
      ...{ throttlingBurstLimit: 200, throttlingRateLimit: 100, metricsEnabled: false },
      ...{ loggingLevel: "ERROR", dataTraceEnabled: false },
    });
    const { accessLogSettings, xrayTracingEnabled } = inputs("api-live-stage");
    assert.equal(xrayTracingEnabled, true);
    assert.match(accessLogSettings.format, /\$context\.extendedRequestId/);
    assert.equal(accessLogSettings.destinationArn, arnOf("api-live-access-logs"));
    const names = ofType(dev.resources, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs: group }) => group["name"]);
    assert.ok(names.includes("API-Gateway-Execution-Logs_api-api-id/v1"));
  });

  it("lets each method of the one stage call its own function, and the schedule its own", () => {
    const permissions = ofType(dev.resources, "aws:lambda/permission:Permission").map(({ inputs: permission }) => [
      ...[permission["function"], permission["principal"]],
      permission["sourceArn"],
    ]);
    assert.deepEqual(permissions.sort(), [
      ["orderflow-dev-answerQueries", "apigateway.amazonaws.com", `${arnOf("api-api")}/v1/GET/*`],
      ["orderflow-dev-createOrder", "apigateway.amazonaws.com", `${arnOf("api-api")}/v1/POST/orders`],
      ["orderflow-dev-reconcileOrders", "events.amazonaws.com", arnOf("reconciler-every-minute")],
    ]);
  });

  it("gives every log group an end", () => {
    const groups = ofType(dev.resources, "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(new Set(groups.map(({ inputs: group }) => group["retentionInDays"])), new Set([14]));
  });

  it("sets the account's role for API Gateway only where it is told to", async () => {
    const told = await deployProgram("dev", ["manageApiGatewayAccount=false"]);
    const accounts = [dev, told].map(({ resources }) => ofType(resources, "aws:apigateway/account:Account").length);
    assert.deepEqual(accounts, [1, 0]);
  });

  it("lets createOrder check other orders only where identical bodies are repeats", async () => {
    const check = "dynamodb:ConditionCheckItem orders-table";
    const told = await deployProgram("dev", ["dedupeIdenticalBodiesSeconds=60"]);
    assert.deepEqual(
      [dev, told].map(({ resources }) => allowed(resources, "api-create").includes(check)),
      [false, true],
    );
  });

  it("limits each tenant by a plan of its own, with a quota where there is one", async () => {
    const tenants = 'tenants=["acme",{"name":"metered","requestsPerMonth":1000}]';
    const { resources } = await deployProgram("dev", [tenants, "tenantRequestBurst=300"]);
    const [acme, metered] = ["acme", "metered"].map((tenant) => only(resources, `api-tenants-${tenant}-plan`).inputs);
    const throttleSettings = { burstLimit: 300, rateLimit: 50 };
    assert.deepEqual([acme?.["throttleSettings"], acme?.["quotaSettings"]], [throttleSettings, undefined]);
    assert.deepEqual(
      [metered?.["throttleSettings"], metered?.["quotaSettings"]],
      [throttleSettings, { limit: 1000, period: "MONTH" }],
    );
  });

  it("has names with project and stack, within the limits of AWS", () => {
    const limits: Record<string, number> = {
      "function:Function": 64,
      "role:Role": 64,
      "queue:Queue": 80,
      "eventRule:EventRule": 64,
    };
    for (const {
      type,
      inputs: { name },
    } of dev.resources) {
      const limit = Object.entries(limits).find(([end]) => type.endsWith(`/${end}`))?.[1] ?? 255;
      if (name === undefined || name.startsWith("API-Gateway-Execution-Logs_")) continue;
      assert.match(name, /(^|\/)orderflow-dev-/, type);
      assert.ok(name.length <= limit, name);
    }
  });

  it("in prod protects the tables and works on four times as many orders at once", () => {
    const { resources } = prod;
    assert.equal(only(resources, "orders-table").inputs["deletionProtectionEnabled"], true);
    assert.deepEqual(only(resources, "queue-consumer").inputs["scalingConfig"], { maximumConcurrency: 40 });
    assert.equal(only(resources, "saga-machine").inputs["loggingConfiguration"].level, "ERROR");
  });

  describe("has archives that", () => {
    const run = promisify(execFile);
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "orderflow-archive-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("stay below 700 KB and name no folder of this machine", async () => {
      for (const lambda of ofType(dev.resources, "aws:lambda/function:Function")) {
        const { "index.js": code = "", "index.js.map": map = "" } = await filesOf(lambda);
        assert.ok(code.length > 1000 && code.length < 700_000, `${lambda.name}: ${code.length}`);
        assert.ok(!code.includes(root) && !map.includes(root), lambda.name);
      }
    });

    it("load and answer in a fresh process", async () => {
      const created = only(dev.resources, "api-create-function");
      const files = await filesOf(created);
      for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
      const event = {
        headers: {},
        httpMethod: "POST",
        resource: "/orders",
        body: "{}",
        requestContext: { identity: {} },
      };
      const call = `require("./index.js").handler(${JSON.stringify(event)}, {}).then((answer) => console.log("ANSWER" + JSON.stringify(answer)))`;
      const { stdout } = await run(process.execPath, ["-e", call], {
        cwd: folder,
        env: { AWS_REGION: "eu-central-1", ...created.inputs["environment"].variables },
      });

      const { statusCode, headers } = JSON.parse(/^ANSWER(.*)$/m.exec(stdout)?.[1] ?? "{}");
      assert.deepEqual([statusCode, headers["Content-Type"]], [403, "application/problem+json"]);
    });
  });
});
