import assert from "node:assert/strict";
import { linesText } from "../../../cli/logs/linesText";
import { isAtLeast, isRoutine, logLineOf, type LogLine } from "../../../cli/logs/logLine";

const raw = (message: unknown, timeMs = Date.parse("2026-11-20T10:00:00Z")) => ({
  ...{ id: "e-1", group: "/aws/lambda/f", timeMs },
  message: typeof message === "string" ? message : JSON.stringify(message),
});

const CREATED = {
  ...{ level: "INFO", message: "Answered a request.", timestamp: "2026-11-20T10:00:00.123Z", service: "createOrder" },
  ...{
    cold_start: true,
    function_arn: "arn",
    function_name: "f",
    function_request_id: "r",
    function_memory_size: "512",
  },
  ...{ sampling_rate: 0, xray_trace_id: "1-2", orderId: "o-1", method: "POST", status: 201 },
};
const FAILED = {
  ...{ level: "ERROR", message: "The task failed.", timestamp: "2026-11-20T10:00:01.000Z", orderId: "o-1" },
  error: { name: "TypeError", message: "no such thing", location: "f.js:1", stack: "TypeError: …" },
};

describe("log lines", () => {
  it("are read with the writer's time, and one that is no JSON with the log's", () => {
    assert.deepEqual(logLineOf(raw("Task timed out\n"), "f"), {
      ...{ at: "2026-11-20T10:00:00.000Z", function: "f", level: "INFO", message: "Task timed out", keys: {} },
    });
    const { at, level, keys } = logLineOf(raw(CREATED), "createOrder");
    assert.deepEqual(
      [at, level, keys["status"], "timestamp" in keys],
      ["2026-11-20T10:00:00.123Z", "INFO", 201, false],
    );
  });

  it("of Lambda itself tell what crashed, or ran out of time", () => {
    const caught = { errorType: "OutOfStock", errorMessage: "none left", stackTrace: ["OutOfStock: none left"] };
    const crashed = { timestamp: "2026-11-20T10:00:00.000Z", level: "ERROR", requestId: "r", message: caught };
    assert.match(linesText([logLineOf(raw(crashed), "f")]), /f {2}ERROR {2}OutOfStock: none left {2}requestId=r/);
    const late = {
      time: "2026-11-20T10:00:03.000Z",
      type: "platform.report",
      record: { requestId: "r", status: "timeout" },
    };
    assert.equal(
      linesText([logLineOf(raw(late), "f")]),
      "2026-11-20 10:00:03.000  f  ERROR  platform.report  requestId=r status=timeout",
    );
  });

  it("that say that all is well are known, and so are metrics", () => {
    const report = (status: string) => ({ time: "", type: "platform.report", record: { status } });
    const start = { time: "", type: "platform.start", record: { requestId: "r" } };
    assert.deepEqual(
      [report("success"), start, { _aws: {} }, report("timeout"), CREATED, "Task timed out"].map((said) =>
        isRoutine(raw(said)),
      ),
      [true, true, true, false, false, false],
    );
  });

  it("are shown one a line, with what they say of their subject and errors by name and message", () => {
    const lines = [logLineOf(raw(CREATED), "createOrder"), logLineOf(raw(FAILED), "ProcessPayment")];
    assert.equal(
      linesText(lines),
      [
        "2026-11-20 10:00:00.123  createOrder     INFO   Answered a request.  orderId=o-1 method=POST status=201",
        '2026-11-20 10:00:01.000  ProcessPayment  ERROR  The task failed.  orderId=o-1 error="TypeError: no such thing"',
      ].join("\n"),
    );
  });

  it("are coloured by level when that is wanted", () => {
    const red = String.fromCharCode(27) + "[31m";
    assert.ok(linesText([logLineOf(raw(FAILED), "f")], true).includes(`${red}ERROR`));
    assert.ok(!linesText([logLineOf(raw(FAILED), "f")]).includes(red));
  });

  const aLine = (level: string): LogLine => ({ at: "", function: "f", message: "", keys: {}, level });
  it("of a level or worse are told from the others; an unknown level is kept", () => {
    const levels = ["DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "loud"];
    assert.deepEqual(
      levels.filter((level) => isAtLeast(aLine(level), "WARN")),
      ["WARN", "ERROR", "CRITICAL", "loud"],
    );
  });
});
