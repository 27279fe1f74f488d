import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { LambdaBench } from "./lambdaBench";

describe("Function process", () => {
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

  it("answers the error document of a handler that throws", async () => {
    await bench.deploy(
      "throws",
      `class OutOfStock extends Error { name = "OutOfStock" }
       exports.handler = async ({ text }) => { if (text) throw "plain"; throw new OutOfStock("PROD-011"); }`,
    );
    const error = await errorOf("throws");
    assert.equal(error.errorType, "OutOfStock");
    assert.equal(error.errorMessage, "PROD-011");
    assert.match(error.trace[1], /index\.js/);
    assert.deepEqual(await errorOf("throws", { text: true }), {
      errorType: "string",
      errorMessage: "plain",
      trace: [],
    });
  });

  it("kills a function that is not done in time, and serves the next call with a new process", async () => {
    const code = "exports.handler = async ({ spin }) => { while (spin); return process.pid; }";
    await bench.deploy("slow", code, { timeout: 1 });
    const before = await answerOf("slow");
    const result = await bench.lambda.invoke("slow", { spin: true });
    assert.ok(!result.ok);
    assert.deepEqual(result.error, {
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 1.00 seconds`,
    });
    assert.notEqual(await answerOf("slow"), before);
  });

  it("reports a process that died", async () => {
    await bench.deploy(
      "dies",
      `exports.handler = async ({ code, signal }) => {
         if (signal) process.kill(process.pid, signal);
         else process.exit(code);
         await new Promise((r) => setTimeout(r, 60_000));
       }`,
    );
    const outcome = async (event: unknown): Promise<unknown> => {
      const { errorType, errorMessage } = await errorOf("dies", event);
      return [errorType, errorMessage.replace(/^RequestId: [0-9a-f-]{36} /, "")];
    };
    const type = "Runtime.ExitError";
    assert.deepEqual(await outcome({ code: 3 }), [type, "Error: Runtime exited with error: exit status 3"]);
    assert.deepEqual(await outcome({ code: 0 }), [type, "Error: Runtime exited without providing a reason"]);
    assert.deepEqual(await outcome({ signal: "SIGKILL" }), [type, "Error: Runtime exited with error: signal: killed"]);
  });

  it("reports an error that nobody handled", async () => {
    await bench.deploy(
      "loose",
      `exports.handler = async ({ reject }) => {
         if (reject) Promise.reject(new TypeError("loose"));
         else setTimeout(() => { throw new RangeError("late"); });
         await new Promise((r) => setTimeout(r, 60_000));
       }`,
    );
    assert.equal((await errorOf("loose")).errorType, "RangeError");
    const { errorType, errorMessage } = await errorOf("loose", { reject: true });
    assert.deepEqual([errorType, errorMessage], ["Runtime.UnhandledPromiseRejection", "TypeError: loose"]);
  });

  it("reports a handler that cannot be loaded", async () => {
    await bench.deploy("absent", "exports.other = 1");
    await bench.deploy("value", "exports.handler = 1");
    await bench.deploy("callback", "exports.handler = (event, context, done) => done()");
    await bench.deploy("breaks", "throw new RangeError('at load')");
    await bench.deploy("syntax", "exports.handler = =>");
    await bench.deploy("needs", "require('not-there')");
    await bench.deploy("file", "", { handler: "other.handler" });
    const type = async (name: string): Promise<string> => (await errorOf(name)).errorType;
    assert.equal(await type("absent"), "Runtime.HandlerNotFound");
    assert.equal(await type("value"), "Runtime.HandlerNotFound");
    assert.equal(await type("callback"), "Runtime.CallbackHandlerDeprecated");
    assert.equal(await type("breaks"), "RangeError");
    assert.equal(await type("syntax"), "Runtime.UserCodeSyntaxError");
    assert.equal(await type("needs"), "Runtime.ImportModuleError");
    assert.equal(await type("file"), "Runtime.ImportModuleError");
  });

  it("ends by itself when nobody is left to call it", async () => {
    const bootstrap = require.resolve("../../../local/lambda/bootstrap.cjs");
    await bench.deploy("lonely", "setInterval(() => {}, 1000); exports.handler = async () => __dirname");
    const root = await answerOf("lonely");
    const child = fork(bootstrap, ["0"], {
      env: { _HANDLER: "index.handler", LAMBDA_TASK_ROOT: root },
      execArgv: [],
    });
    const hard = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await once(child, "message");
    child.disconnect();
    assert.deepEqual(await once(child, "exit"), [0, null]);
    clearTimeout(hard);
  });

  it("writes the console's lines as JSON with level and request, and leaves other lines as they are", async () => {
    await bench.deploy(
      "logs",
      `exports.handler = async () => {
         console.log("one %d", 1);
         console.warn({ two: 2 });
         console.error("failed", new RangeError("three"));
         console.debug("not shown");
         process.stdout.write('{"own":"line"}\\n');
         process.stderr.write("no line break");
       }`,
      { loggingConfig: { logFormat: "JSON", logGroup: "/logs", applicationLogLevel: "INFO", systemLogLevel: "WARN" } },
    );
    const result = await bench.lambda.invoke("logs", {});
    const { requestId } = result;
    assert.deepEqual([...new Set(bench.lines.map(({ group }) => group))], ["/logs"]);
    assert.ok(bench.messages.includes("no line break"));
    const [one, two, three, own] = bench.messages
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
    assert.match(one.timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual({ ...one, timestamp: "" }, { timestamp: "", level: "INFO", requestId, message: "one 1" });
    assert.deepEqual([two.level, two.message], ["WARN", { two: 2 }]);
    assert.deepEqual([three.level, three.errorType, three.errorMessage], ["ERROR", "RangeError", "three"]);
    assert.deepEqual(own, { own: "line" });
    assert.equal(bench.messages.length, 5);
  });

  it("writes the system's lines as JSON around those of the function", async () => {
    await bench.deploy(
      "system",
      "exports.handler = async ({ fail }) => { if (fail) throw new Error('x'); console.log(1); }",
      {
        loggingConfig: { logFormat: "JSON" },
      },
    );
    const { requestId } = await bench.lambda.invoke("system", {});
    const [start, line, report] = bench.messages.map((message) => JSON.parse(message));
    assert.deepEqual([start.type, start.record], ["platform.start", { requestId, version: "$LATEST" }]);
    assert.equal(line.message, 1);
    assert.equal(report.type, "platform.report");
    assert.equal(report.record.status, "success");
    assert.equal(report.record.metrics.memorySizeMB, 128);
    assert.ok(report.record.metrics.initDurationMs > 0 && report.record.metrics.maxMemoryUsedMB > 10);
    await bench.lambda.invoke("system", { fail: true });
    const { record } = JSON.parse(bench.messages.at(-1) ?? "");
    assert.deepEqual([record.status, record.errorType, record.metrics.initDurationMs], ["error", "Error", undefined]);
  });

  it("writes START, END and REPORT around the lines of a function that logs as text", async () => {
    await bench.deploy("text", "exports.handler = async () => { console.log('two\\nlines'); }");
    const { requestId } = await bench.lambda.invoke("text", {});
    const [start, line, end, report] = bench.messages;
    assert.equal(start, `START RequestId: ${requestId} Version: $LATEST`);
    assert.match(line ?? "", new RegExp(`^[\\d-]+T[\\d:.]+Z\t${requestId}\tINFO\ttwo\nlines$`));
    assert.equal(end, `END RequestId: ${requestId}`);
    assert.match(
      report ?? "",
      /^REPORT RequestId: .*\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB/,
    );
    assert.equal(bench.messages.length, 4);
  });
});
