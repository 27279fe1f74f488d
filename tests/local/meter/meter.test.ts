import assert from "node:assert/strict";
import { Feed, type FeedEvents } from "../../../local/feed";
import { Meter } from "../../../local/meter/meter";

const subjectsOf = (text: string): string[] => [...new Set(text.match(/\bjob-\d+\b/g) ?? [])];

describe("the meter", () => {
  let feed: Feed;
  let meter: Meter;

  beforeEach(() => {
    feed = new Feed();
    meter = new Meter(feed);
  });

  const invoke = (run: Partial<NonNullable<FeedEvents["invocation"]["run"]>>, durationMs = 10): void =>
    feed.emit("invocation", {
      ...{ functionName: "worker", requestId: "r", startedMs: 0, durationMs, cold: false },
      run: { memoryMegabytes: 512, traceHeader: "Root=1", logStream: "stream", payload: "{}", answer: "", ...run },
    });
  const request = (rest: Partial<FeedEvents["request"]>): void =>
    feed.emit("request", {
      method: "GET",
      path: "/",
      status: 200,
      durationMs: 1,
      requestId: "r",
      api: "shop",
      ...rest,
    });
  const execute = (durationMs: number, input: unknown = {}): void => {
    const execution = { executionArn: "arn:aws:states:r:1:express:machine:name:id", name: "name" };
    feed.emit("execution", { ...execution, timeMs: 1_000, what: "started", detail: { input } });
    feed.emit("execution", { ...execution, timeMs: 1_000 + durationMs, what: "succeeded" });
  };

  it("bills a function by begun milliseconds of its memory, and its loading like its running", () => {
    invoke({ memoryMegabytes: 512 }, 10.2);
    invoke({ memoryMegabytes: 128, initMs: 180.5 }, 20.6);
    assert.equal(meter.read().total("lambdaRequest", "worker"), 2);
    assert.equal(meter.read().total("lambdaMbMs"), 11 * 512 + 202 * 128);
  });

  it("bills an Express execution by begun tenths of a second of 64 MB", () => {
    execute(101);
    execute(0);
    assert.equal(meter.read().total("expressRequest", "machine"), 2);
    assert.equal(meter.read().total("expressMbMs"), 200 * 64 + 100 * 64);
  });

  it("bills no request that the gateway turned away before it looked at it", () => {
    request({});
    request({ status: 400, refusal: "BAD_REQUEST_BODY" });
    request({ status: 429, refusal: "THROTTLED" });
    request({ status: 403, refusal: "INVALID_API_KEY" });
    assert.equal(meter.read().total("apiRequest", "shop"), 2);
  });

  it("bills an event of 65 KB as two, and those of AWS itself not at all", () => {
    const event = { version: "0", id: "i", "detail-type": "t", source: "shop", account: "1", time: "", region: "r" };
    const put = (rest: object): void =>
      feed.emit("busEvent", { bus: "bus", event: { ...event, resources: [], detail: {}, ...rest } as never });
    put({ detail: { text: "x".repeat(65 * 1024) } });
    put({});
    put({ source: "aws.scheduler" });
    assert.equal(meter.read().total("event", "bus"), 3);
  });

  it("bills the bytes of a line, and 26 for the line", () => {
    feed.emit("log", { group: "/aws/lambda/worker", stream: "s", timeMs: 0, message: "grün" });
    assert.equal(meter.read().total("logByte", "/aws/lambda/worker"), 5 + 26);
  });

  it("tells what was counted between two readings", () => {
    request({});
    const before = meter.read();
    request({ api: "other" });
    const since = meter.read().since(before);
    assert.deepEqual(
      since.lines().filter(({ unit }) => unit === "apiRequest"),
      [{ unit: "apiRequest", resource: "other", quantity: 1 }],
    );
    assert.equal(before.total("apiRequest"), 1, "a reading does not change");
  });

  describe("asked on whose behalf", () => {
    const write = (about: string, within?: string): void =>
      feed.emit("billed", { unit: "writeUnit", resource: "table", quantity: 3, within, about: () => about });

    it("splits evenly what was about several", () => {
      const shares = meter.attribute(subjectsOf);
      write("job-1 and job-2, and job-1 again");
      assert.equal(shares.read("job-1")?.total("writeUnit"), 1.5);
      assert.equal(shares.read("job-2")?.total("writeUnit"), 1.5);
      assert.equal(shares.read("job-3"), undefined);
    });

    it("counts what names nobody for whom the function was called, or of whom it answered", () => {
      const shares = meter.attribute(subjectsOf);
      write("a list of prices", "Root=1");
      feed.emit("log", { group: "g", stream: "stream", timeMs: 0, message: "done" });
      assert.equal(shares.read("job-1"), undefined, "the function runs still");
      invoke({ payload: '{"job":"job-1"}' });
      write("a list of prices", "Root=2");
      invoke({ traceHeader: "Root=2", answer: '{"created":"job-2"}' });
      assert.equal(shares.read("job-1")?.total("writeUnit"), 3);
      assert.equal(shares.read("job-1")?.total("logByte"), 30);
      assert.equal(shares.read("job-2")?.total("writeUnit"), 3);
      assert.equal(shares.read("job-2")?.total("lambdaRequest"), 1);
    });

    it("loses nothing: the shares and the rest are what was counted", () => {
      const shares = meter.attribute(subjectsOf);
      for (const [at, about] of ["job-1", "job-2 job-3", "nobody", "job-1 job-2"].entries()) {
        write(about, `Root=${at}`);
        invoke({ traceHeader: `Root=${at}`, payload: at === 2 ? "nobody" : "job-4" });
        execute(150, about);
        request({ about: () => about });
      }
      const parts = [...["job-1", "job-2", "job-3", "job-4"].map((job) => shares.read(job)), shares.rest()];
      for (const unit of ["writeUnit", "lambdaMbMs", "expressMbMs", "apiRequest"] as const) {
        const sum = parts.reduce((total, part) => total + (part?.total(unit) ?? 0), 0);
        assert.equal(sum, meter.read().total(unit), unit);
      }
      assert.equal(shares.rest().total("writeUnit"), 3);
    });
  });
});
