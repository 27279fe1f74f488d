// What runs in each function's process: loads the handler, then answers one invocation at a time over IPC.
// Plain CommonJS, because a bare `node` runs it. The messages are described in wire.ts.
"use strict";

const dns = require("node:dns");
const { existsSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { inspect, format } = require("node:util");
const { setFlagsFromString } = require("node:v8");
const compiledCode = require("./compiledCode.cjs");

/** @typedef {{ requestId: string, payload: string, skewMs: number, deadlineMs: number, traceHeader: string, functionArn: string }} Order */
/** @typedef {{ errorType: string, errorMessage: string, trace: string[] }} ErrorDocument */

/**
 * A function's process often answers some hundred invocations and is gone. V8 11, which Node 20 has, optimises code after it
 * has run for so many bytes (67,584 by default); later, only what is really hot is, which saves an eighth of such a process's
 * time. Later ones decide otherwise, and complain of the flag in the function's output.
 */
function optimiseLater() {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=300000");
}

const send = process.send.bind(process);
/** The outputs that were written to since the last mark. */
const written = new Set();
const write = { stdout: noticed("stdout"), stderr: noticed("stderr") };
const NativeDate = Date;
const nativeNow = Date.now;
let skewMs = Number(process.argv[2]);
/** @type {string | undefined} */
let requestId;
/** What is done once, after the first answer. */
let settle = optimiseLater;

process.argv.length = 2;
process.once("disconnect", () => process.exit());
// A handler must not find the runtime's own channel.
process.send = undefined;

showRuntimeClock();
resolveSyncHosts();
logThroughConsole();
process.on("uncaughtException", (error) => fail(documentOf(error), 129));
process.on("unhandledRejection", (reason) => {
  const { errorMessage, trace } = documentOf(reason);
  const errorMessageWithName = reason instanceof Error ? `${reason.name}: ${errorMessage}` : errorMessage;
  fail({ errorType: "Runtime.UnhandledPromiseRejection", errorMessage: errorMessageWithName, trace }, 128);
});
void init();

async function init() {
  try {
    const handler = await load(String(process.env._HANDLER), String(process.env.LAMBDA_TASK_ROOT));
    process.on("message", (/** @type {Order} */ order) => void serve(handler, order));
    send({ kind: "ready" });
  } catch (error) {
    const document = documentOf(error);
    console.error("Init Error", document);
    send({ kind: "failedInit", marked: mark("init"), error: document }, () => process.exit(1));
  }
}

/**
 * `folder/file.export`, as the managed runtime reads it.
 * @param {string} name
 * @param {string} root
 */
async function load(name, root) {
  const [, file = "", path = ""] = /^([^.]*)\.(.*)$/.exec(basename(name)) ?? [];
  let found = await importModule(join(root, dirname(name), file), file);
  for (const key of path.split(".")) found = found?.[key] ?? found?.default?.[key];
  if (typeof found !== "function") {
    const problem = found === undefined ? "is undefined or not exported" : "is not a function";
    throw named("Runtime.HandlerNotFound", `${name} ${problem}`);
  }
  if (found.length >= 3) {
    throw named("Runtime.CallbackHandlerDeprecated", `${name} takes a callback; a handler here must be async.`);
  }
  return found;
}

/** @param {string} path @param {string} file */
async function importModule(path, file) {
  const extension = [".js", ".mjs", ".cjs"].find((candidate) => existsSync(path + candidate));
  if (extension === undefined) throw named("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
  try {
    if (extension !== ".mjs") {
      const { exports, keep } = compiledCode.load(path + extension);
      // In this order: V8 takes kept code only under the flags that it was made under.
      settle = () => {
        keep();
        optimiseLater();
      };
      return exports;
    }
  } catch (error) {
    if (error?.code !== "ERR_REQUIRE_ESM" && error?.code !== "ERR_REQUIRE_ASYNC_MODULE") throw asLoadError(error);
  }
  try {
    return await import(pathToFileURL(path + extension).href);
  } catch (error) {
    throw asLoadError(error);
  }
}

/** @param {unknown} error */
function asLoadError(error) {
  if (error instanceof SyntaxError) return named("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`, error);
  const code = /** @type {{ code?: string }} */ (error)?.code;
  const missing = code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
  return missing ? named("Runtime.ImportModuleError", `Error: ${/** @type {Error} */ (error).message}`, error) : error;
}

/**
 * @param {(event: unknown, context: object) => unknown} handler
 * @param {Order} order
 */
async function serve(handler, order) {
  ({ requestId, skewMs } = order);
  process.env._X_AMZN_TRACE_ID = order.traceHeader;
  try {
    const result = await handler(JSON.parse(order.payload), contextOf(order));
    answer({ payload: stringify(result) });
  } catch (error) {
    const document = documentOf(error);
    console.error("Invoke Error", document);
    answer({ error: document });
  }
}

/** @param {{ payload: string } | { error: ErrorDocument }} outcome */
function answer(outcome) {
  const marked = mark(requestId);
  send({ kind: "answer", requestId, marked, memoryBytes: mostMemoryBytes(), last: false, ...outcome });
  setImmediate(settle);
  settle = () => {};
}

/**
 * An error that nobody handles ends the process, and the invocation that runs with it.
 * @param {ErrorDocument} error
 * @param {number} exitCode
 */
function fail(error, exitCode) {
  const rejected = error.errorType === "Runtime.UnhandledPromiseRejection";
  console.error(rejected ? "Unhandled Promise Rejection" : "Uncaught Exception", error);
  if (requestId === undefined) process.exit(exitCode);
  const marked = mark(requestId);
  const report = { kind: "answer", requestId, marked, memoryBytes: mostMemoryBytes(), last: true, error };
  send(report, () => process.exit(exitCode));
}

/**
 * Everything that was written before this line belongs to the invocation. An output that nobody wrote to needs none.
 * @param {string | undefined} id
 * @returns {string[]} the outputs that are marked
 */
function mark(id) {
  const marked = [...written];
  for (const name of marked) write[name](`\0end ${id}\n`);
  written.clear();
  return marked;
}

/** @param {"stdout" | "stderr"} name */
function noticed(name) {
  const output = process[name];
  const plain = output.write.bind(output);
  output.write = (...values) => {
    written.add(name);
    return plain(...values);
  };
  return plain;
}

/** @param {unknown} result */
function stringify(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch (error) {
    throw named("Runtime.MarshalError", `Unable to stringify response body: ${error?.message}`, error);
  }
}

/** @param {Order} order */
function contextOf(order) {
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: order.functionArn,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: order.requestId,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    identity: undefined,
    clientContext: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(order.deadlineMs - now())),
  };
}

/**
 * @param {unknown} error
 * @returns {ErrorDocument}
 */
function documentOf(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split("\n") };
}

/** What Lambda calls "Max Memory Used": the most that the process ever held. */
function mostMemoryBytes() {
  return process.resourceUsage().maxRSS * 1024;
}

/** @param {string} name @param {string} message @param {unknown} [cause] */
function named(name, message, cause) {
  const error = new Error(message);
  error.name = name;
  if (cause instanceof Error) error.stack = cause.stack;
  return error;
}

function now() {
  return nativeNow() + skewMs;
}

/** Dates show the clock of the runtime, which may be ahead of this machine's. */
function showRuntimeClock() {
  NativeDate.now = () => Math.floor(now());
  globalThis.Date = new Proxy(NativeDate, {
    construct: (target, values, subclass) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, subclass),
    apply: () => new NativeDate(now()).toString(),
  });
  NativeDate.prototype.constructor = globalThis.Date;
}

/** The SDK calls StartSyncExecution at `sync-` and the endpoint's host, which for 127.0.0.1 is no host at all. */
function resolveSyncHosts() {
  const { lookup } = dns;
  dns.lookup = (host, ...rest) => lookup(typeof host === "string" ? host.replace(/^sync-/, "") : host, ...rest);
}

/**
 * Lines of the console carry time, request and level, as the managed runtime writes them in the function's log format.
 * What is written to stdout and stderr otherwise stays as it is.
 */
function logThroughConsole() {
  const line = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON" ? jsonLine : textLine;
  const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
  const least = levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? "TRACE");
  const methods = { trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR" };
  for (const [method, level] of Object.entries(methods)) {
    console[method] =
      levels.indexOf(level) < least ? () => {} : (...values) => void process.stdout.write(`${line(level, values)}\n`);
  }
}

/** @param {string} level @param {unknown[]} values */
function textLine(level, values) {
  // One write is one log event; the line breaks in it are marked, and put back by the reader.
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}`.replaceAll("\n", "\r");
}

/** @param {string} level @param {unknown[]} values */
function jsonLine(level, values) {
  const head = { timestamp: new Date().toISOString(), level, requestId };
  const error = values.find((value) => value instanceof Error);
  const details = error && {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: String(error.stack).split("\n"),
  };
  const plain = values.length === 1 && error === undefined ? values[0] : format(...values);
  try {
    return JSON.stringify({ ...head, message: plain, ...details });
  } catch {
    return JSON.stringify({ ...head, message: inspect(plain) });
  }
}
