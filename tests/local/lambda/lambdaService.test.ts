import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getPriority } from "node:os";
import { dirname } from "node:path";
import { Clock } from "../../../local/clock";
import { accessKeyFor } from "../../../local/lambda/accessKey";
import { cloud, LambdaBench, roleArn } from "./lambdaBench";

describe("Lambda service", () => {
  let bench: LambdaBench;

  beforeEach(() => {
    bench = new LambdaBench();
  });

  afterEach(() => bench.stop());

  const answerOf = async (name: string, payload: unknown = {}): Promise<any> => {
    const result = await bench.lambda.invoke(name, payload);
    assert.ok(result.ok, JSON.stringify(result));
    return result.payload;
  };

  const errorOf = async (name: string, payload: unknown = {}): Promise<any> => {
    const result = await bench.lambda.invoke(name, payload);
    assert.ok(!result.ok, JSON.stringify(result));
    return result.error;
  };

  it("answers what the handler returns, as JSON would carry it", async () => {
    await bench.deploy("echo", "exports.handler = async (event) => ({ got: event, at: new Date(0), none: undefined })");
    assert.deepEqual(await answerOf("echo", { a: [1, null] }), {
      got: { a: [1, null] },
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  it("lets functions behind the API go before those that nobody waits for", async () => {
    const code = "exports.handler = async () => require('node:os').getPriority()";
    await bench.deploy("awaited", code);
    await bench.deploy("behind", code);
    await bench.realise("aws:lambda/permission:Permission", "by-api", {
      ...{ action: "lambda:InvokeFunction", function: "awaited", principal: "apigateway.amazonaws.com" },
      sourceArn: "arn:aws:execute-api:eu-central-1:000000000000:api/*",
    });
    const own = getPriority();
    assert.equal(await answerOf("awaited"), own);
    assert.ok((await answerOf("behind")) > own);
  });

  it("answers null when the handler returns nothing", async () => {
    await bench.deploy("mute", "exports.handler = async () => {}");
    assert.equal(await answerOf("mute"), null);
  });

  it("runs the very files of the archive", async () => {
    const text = 'exports.odd = "äöü \u{1F600}\\r\\n";\r\n// no line break at the end';
    await bench.deploy("files", "", {
      handler: "lib/entry.deep.handler",
      code: {
        files: {
          "lib/entry.js": `exports.deep = { handler: async () => [__dirname, require("./odd").odd] };`,
          "lib/odd.js": text,
        },
      },
    });
    const [folder, odd] = await answerOf("files");
    assert.equal(odd, "äöü \u{1F600}\r\n");
    assert.equal(readFileSync(`${folder}/odd.js`, "utf8"), text);
  });

  it("loads ECMAScript modules", async () => {
    await bench.deploy("esm", "", {
      code: { files: { "index.mjs": "const one = await 1; export const handler = async () => one;" } },
    });
    assert.equal(await answerOf("esm"), 1);
  });

  it("gives a process the function's environment and nothing else of this machine's", async () => {
    process.env["LEAKED"] = "yes";
    try {
      await bench.deploy("env", "exports.handler = async () => process.env", {
        environment: { variables: { MODE: "test" } },
        memorySize: 256,
      });
      const env = await answerOf("env");
      const stream = env.AWS_LAMBDA_LOG_STREAM_NAME;
      assert.match(stream, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
      assert.match(env._X_AMZN_TRACE_ID, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
      assert.deepEqual(Object.keys(env).sort(), [
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_FORMAT",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_REGION",
        "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_TASK_ROOT",
        "LANG",
        "MODE",
        "PATH",
        "PGSSLMODE",
        "TZ",
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
      ]);
      assert.equal(env.AWS_ACCESS_KEY_ID, accessKeyFor(roleArn));
      assert.match(env.AWS_ACCESS_KEY_ID, /^ASIA[A-Z2-7]{16}$/);
      assert.equal(env.AWS_ENDPOINT_URL, cloud.endpoint);
      assert.equal(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE, "256");
    } finally {
      delete process.env["LEAKED"];
    }
  });

  it("gives the handler a context", async () => {
    await bench.deploy(
      "context",
      `exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })`,
      { timeout: 30 },
    );
    const result = await bench.lambda.invoke("context", {}, { traceHeader: "Root=1-a" });
    assert.ok(result.ok);
    const context = result.payload as Record<string, unknown>;
    assert.equal(context["awsRequestId"], result.requestId);
    assert.equal(context["functionName"], "context");
    assert.equal(context["invokedFunctionArn"], "arn:aws:lambda:eu-central-1:000000000000:function:context");
    assert.equal(context["logGroupName"], "/aws/lambda/context");
    assert.ok((context["left"] as number) > 20_000 && (context["left"] as number) <= 30_000);
  });

  it("serves the next call with the process of the last one", async () => {
    await bench.deploy("counter", "let count = 0; exports.handler = async () => [++count, process.pid]");
    const [first, pid] = await answerOf("counter");
    assert.equal(first, 1);
    assert.deepEqual(await answerOf("counter"), [2, pid]);
    assert.deepEqual(
      bench.invocations.map(({ cold }) => cold),
      [true, false],
    );
  });

  it("throttles calls above the reserved concurrency", async () => {
    await bench.deploy("reserved", "exports.handler = async () => 1", { reservedConcurrentExecutions: 1 });
    const first = answerOf("reserved");
    await assert.rejects(bench.lambda.invoke("reserved", {}), { name: "TooManyRequestsException", status: 429 });
    assert.equal(await first, 1);
    assert.equal(await answerOf("reserved"), 1);
    await bench.deploy("off", "exports.handler = async () => 1", { reservedConcurrentExecutions: 0 });
    await assert.rejects(bench.lambda.invoke("off", {}), { name: "TooManyRequestsException" });
  });

  it("refuses what is too long to be sent or answered", async () => {
    await bench.deploy("long", "exports.handler = async ({ length }) => 'x'.repeat(length)");
    await assert.rejects(bench.lambda.invoke("long", "x".repeat(6_291_456)), { name: "RequestTooLargeException" });
    assert.equal((await answerOf("long", { length: 6_291_554 })).length, 6_291_554);
    assert.equal((await errorOf("long", { length: 6_291_555 })).errorType, "Function.ResponseSizeTooLarge");
  });

  it("reports an answer that JSON cannot carry", async () => {
    await bench.deploy("bigint", "exports.handler = async () => 1n");
    assert.equal((await errorOf("bigint")).errorType, "Runtime.MarshalError");
  });

  it("finds a function by its name and ARNs, and no other", async () => {
    await bench.deploy("found", "exports.handler = async (event, context) => context.invokedFunctionArn", {
      publish: true,
    });
    const arn = "arn:aws:lambda:eu-central-1:000000000000:function:found";
    assert.equal(await answerOf("found"), arn);
    assert.equal(await answerOf(arn), arn);
    assert.equal(await answerOf("000000000000:function:found"), arn);
    assert.equal(await answerOf(`${arn}:$LATEST`), `${arn}:$LATEST`);
    assert.equal(await answerOf("found:1"), `${arn}:1`);
    for (const name of ["lost", "found:2", arn.replace("central", "west"), "no name"]) {
      await assert.rejects(bench.lambda.invoke(name, {}), { name: "ResourceNotFoundException", status: 404 });
    }
  });

  it("shows a function the runtime's clock", async () => {
    await bench.stop();
    bench = new LambdaBench({ clock: new Clock(1, Date.UTC(2030, 0, 2)) });
    await bench.deploy(
      "dates",
      `const loadedAt = Date.now();
       exports.handler = async (event, context) => ({
         times: [loadedAt, Date.now(), new Date().getTime(), Date.parse(new Date().toJSON())],
         text: Date(),
         given: [new Date(0), new Date(2020, 1), new Date("2021-01-01")],
         kinds: [new Date() instanceof Date, new Date().constructor === Date, typeof Date.UTC(2020)],
         subclass: new (class extends Date { year() { return this.getFullYear(); } })().year(),
         left: context.getRemainingTimeInMillis() <= 3000,
       })`,
    );
    const { times, text, given, kinds, subclass, left } = await answerOf("dates");
    for (const time of times) assert.equal(new Date(time).toISOString().slice(0, 10), "2030-01-02");
    assert.match(text, /Jan 02 2030/);
    assert.deepEqual(given, ["1970-01-01T00:00:00.000Z", "2020-02-01T00:00:00.000Z", "2021-01-01T00:00:00.000Z"]);
    assert.deepEqual(kinds, [true, true, "number"]);
    assert.equal(subclass, 2030);
    assert.ok(left);
  });

  it("resolves the host that StartSyncExecution is sent to", async () => {
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end(JSON.stringify({ executionArn: "arn", startDate: 0, stopDate: 1, status: "SUCCEEDED" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await bench.stop();
      bench = new LambdaBench({ cloud: { ...cloud, endpoint } });
      const sdk = require.resolve("@aws-sdk/client-sfn");
      await bench.deploy(
        "starts",
        `const { SFNClient, StartSyncExecutionCommand } = require(${JSON.stringify(sdk)});
         exports.handler = async () => {
           const command = new StartSyncExecutionCommand({ stateMachineArn: "arn:aws:states:x:y:express:z" });
           return (await new SFNClient().send(command)).status;
         };`,
        { timeout: 20 },
      );
      assert.equal(await answerOf("starts"), "SUCCEEDED");
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it("kills a process on request, as a crash would", async () => {
    await bench.deploy("victim", "exports.handler = async () => { await new Promise((r) => setTimeout(r, 60_000)); }");
    await bench.lambda.prewarm(["victim"]);
    assert.equal(bench.lambda.kill("victim"), 0);
    const pending = errorOf("victim");
    assert.equal(bench.lambda.kill("victim"), 1);
    assert.equal((await pending).errorType, "Runtime.ExitError");
  });

  it("leaves nothing behind when it stops", async () => {
    await bench.deploy("hangs", "exports.handler = async () => [__dirname, process.pid]");
    await bench.deploy("waits", "exports.handler = async () => { await new Promise((r) => setTimeout(r, 60_000)); }");
    const [folder, pid] = await answerOf("hangs");
    const pending = errorOf("waits");
    await bench.stop();
    assert.equal((await pending).errorType, "Runtime.ExitError");
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    assert.ok(!existsSync(dirname(folder)));
  });
});
