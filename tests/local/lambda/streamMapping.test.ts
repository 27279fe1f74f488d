import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { Clock } from "../../../local/clock";
import { Feed } from "../../../local/feed";
import type { StreamMappingSettings } from "../../../local/lambda/mappingKind";
import { StreamMapping } from "../../../local/lambda/streamMapping";
import { FakeInvoker, until } from "./fakeInvoker";
import { FakeQueue, FakeStream, queuesOf } from "./fakeSources";

const functionArn = "arn:aws:lambda:eu-central-1:000000000000:function:publish";

describe("Stream mapping", () => {
  let clock: Clock;
  let stream: FakeStream;
  let failed: FakeQueue;
  let mapping: StreamMapping | undefined;

  beforeEach(() => {
    clock = new Clock(10_000);
    stream = new FakeStream(clock);
    failed = new FakeQueue(clock, 30, "arn:aws:sqs:eu-central-1:000000000000:failed");
  });

  afterEach(() => {
    mapping?.stop();
    clock.stop();
  });

  const run = async (
    behave?: (numbers: readonly string[]) => unknown,
    changes: Partial<StreamMappingSettings> = {},
  ): Promise<FakeInvoker> => {
    const settings: StreamMappingSettings = {
      ...{ kind: "stream", name: "mapping", uuid: "1", eventSourceArn: stream.arn, functionName: "publish" },
      ...{ enabled: true, batchSize: 100, windowSeconds: 0, reportsItemFailures: true },
      ...{ startingPosition: "TRIM_HORIZON", bisectsOnError: false, parallelizationFactor: 1 },
      ...{ maximumRetryAttempts: Infinity, maximumRecordAgeSeconds: Infinity, failureQueueArn: failed.arn },
      ...changes,
    };
    const invoker = new FakeInvoker(clock, ({ dynamodb }) => dynamodb.SequenceNumber, behave);
    const parts = { settings, functionArn, stream, queues: queuesOf(failed), invoker, clock, feed: new Feed() };
    mapping = new StreamMapping(parts);
    await mapping.start();
    return invoker;
  };

  const failOn = (poison: string) => (numbers: readonly string[]) => {
    if (numbers.includes(poison)) throw new Error("poison");
  };

  const reportOn = (poison: string) => (numbers: readonly string[]) =>
    numbers.includes(poison) ? { batchItemFailures: [{ itemIdentifier: poison }] } : null;

  it("sends the records of the stream in batches, in their order", async () => {
    stream.put("a", "b", "c", "d", "e");
    const invoker = await run(() => clock.sleep(1), { batchSize: 2 });
    await until(() => invoker.calls.flat().length === 5);
    stream.put("f");
    await until(() => invoker.calls.flat().length === 6);
    assert.deepEqual(invoker.calls.flat(), ["1", "2", "3", "4", "5", "6"]);
    assert.ok(invoker.calls.every(({ length }) => length <= 2));
    assert.equal(invoker.mostRunning, 1);
    const { Records } = invoker.events[0] as { Records: readonly { readonly eventID: string }[] };
    assert.equal(Records[0]?.eventID, "event-1");
  });

  it("begins after the newest record when it starts at LATEST", async () => {
    stream.put("a");
    const invoker = await run(undefined, { startingPosition: "LATEST" });
    stream.put("b");
    await until(() => invoker.calls.length === 1);
    assert.deepEqual(invoker.calls, [["2"]]);
  });

  it("passes over what changed while it rested, when it is told to, and cannot be told so while it moves things", async () => {
    const invoker = await run();
    await assert.rejects(mapping!.skip(), /must rest before it can skip/);
    mapping!.stop();
    stream.put("a", "b");
    await mapping!.skip();
    await mapping!.start();
    stream.put("c");
    await until(() => invoker.calls.length === 1);
    assert.deepEqual(invoker.calls, [["3"]]);
  });

  it("gathers a batch for as long as its window", async () => {
    const invoker = await run(undefined, { windowSeconds: 2_000 });
    stream.put("a");
    await new Promise((resolve) => setImmediate(resolve));
    stream.put("b");
    assert.deepEqual(invoker.calls, []);
    await until(() => invoker.calls.length === 1);
    assert.deepEqual(invoker.calls, [["1", "2"]]);
  });

  it("repeats a batch that failed, later and later, and nothing overtakes it", async () => {
    let failures = 0;
    const times: number[] = [];
    const invoker = await run(() => {
      times.push(clock.now());
      if (failures++ < 3) throw new Error("broken");
    });
    stream.put("a");
    await until(() => invoker.calls.length === 1);
    stream.put("b");
    await until(() => invoker.calls.length === 5);
    assert.deepEqual(invoker.calls, [["1"], ["1"], ["1"], ["1"], ["2"]]);
    const gaps = [1, 2, 3].map((index) => (times[index] ?? 0) - (times[index - 1] ?? 0));
    for (const [index, atLeastMs] of [1_000, 2_000, 4_000].entries()) assert.ok((gaps[index] ?? 0) >= atLeastMs);
  });

  it("finds the bad record of a batch by halves, reports it and goes on", async () => {
    const invoker = await run(failOn("3"), { bisectsOnError: true, maximumRetryAttempts: 1 });
    stream.put("a", "b", "c", "d", "e");
    await until(() => invoker.calls.flat().includes("5") && failed.sent.length === 1 && invoker.running === 0);
    await until(() => invoker.calls.at(-1)?.includes("5") === true);
    assert.deepEqual(invoker.calls, [["1", "2", "3", "4", "5"], ["1", "2", "3"], ["1", "2"], ["3"], ["3"], ["4", "5"]]);
    const { requestContext, responseContext, version, DDBStreamBatchInfo } = JSON.parse(failed.sent[0]?.body ?? "");
    assert.deepEqual(requestContext, {
      requestId: "request-5",
      functionArn,
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 2,
    });
    assert.deepEqual(responseContext, { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" });
    assert.equal(version, "1.0");
    const { approximateArrivalOfFirstRecord, approximateArrivalOfLastRecord, ...info } = DDBStreamBatchInfo;
    assert.match(approximateArrivalOfFirstRecord, /^\d{4}-\d\d-\d\dT/);
    assert.equal(approximateArrivalOfLastRecord, approximateArrivalOfFirstRecord);
    assert.deepEqual(info, {
      shardId: "shardId-1",
      startSequenceNumber: "3",
      endSequenceNumber: "3",
      batchSize: 1,
      streamArn: stream.arn,
    });
  });

  it("gives up the whole batch when it does not bisect", async () => {
    const invoker = await run(failOn("2"), { maximumRetryAttempts: 2, batchSize: 3 });
    stream.put("a", "b", "c", "d");
    await until(() => invoker.calls.length === 4);
    assert.deepEqual(invoker.calls, [["1", "2", "3"], ["1", "2", "3"], ["1", "2", "3"], ["4"]]);
    assert.equal(JSON.parse(failed.sent[0]?.body ?? "").DDBStreamBatchInfo.batchSize, 3);
  });

  it("repeats from the first record that the function says has failed", async () => {
    const invoker = await run(reportOn("2"), { maximumRetryAttempts: 1 });
    stream.put("a", "b", "c");
    await until(() => failed.sent.length === 1);
    assert.deepEqual(invoker.calls, [
      ["1", "2", "3"],
      ["2", "3"],
    ]);
    assert.equal(JSON.parse(failed.sent[0]?.body ?? "").DDBStreamBatchInfo.startSequenceNumber, "2");
  });

  it("loses nothing but the bad record when it bisects what the function reports", async () => {
    const done: string[] = [];
    const invoker = await run(
      (numbers) => {
        const bad = numbers.indexOf("2");
        done.push(...(bad < 0 ? numbers : numbers.slice(0, bad)));
        return reportOn("2")(numbers);
      },
      { maximumRetryAttempts: 0, bisectsOnError: true },
    );
    stream.put("a", "b", "c", "d");
    await until(() => done.length === 3);
    assert.deepEqual(done, ["1", "3", "4"]);
    assert.equal(failed.sent.length, 1);
    assert.equal(invoker.running, 0);
  });

  it("gives up records that are too old", async () => {
    const invoker = await run(failOn("1"), { maximumRecordAgeSeconds: 60 });
    stream.put("a");
    await until(() => failed.sent.length === 1);
    const { requestContext } = JSON.parse(failed.sent[0]?.body ?? "");
    assert.equal(requestContext.condition, "RecordAgeExceeded");
    assert.equal(requestContext.approximateInvokeCount, invoker.calls.length);
    stream.put("b");
    await until(() => invoker.calls.at(-1)?.includes("2") === true);
  });

  it("does not count a throttled call as an attempt", async () => {
    const invoker = await run(
      () => {
        if (invoker.calls.length <= 2) throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
      },
      { maximumRetryAttempts: 0 },
    );
    stream.put("a");
    await until(() => invoker.calls.length === 3);
    assert.equal(failed.sent.length, 0);
  });

  it("keeps the order of each key when batches run in parallel", async () => {
    const keyOf = (number: string): number => (Number(number) - 1) % 7;
    const seen = new Map<number, string[]>();
    const invoker = await run(
      async (numbers) => {
        await clock.sleep(1);
        for (const number of numbers) seen.set(keyOf(number), [...(seen.get(keyOf(number)) ?? []), number]);
      },
      { parallelizationFactor: 3, batchSize: 2 },
    );
    stream.put(...Array.from({ length: 70 }, (_, index) => `key-${index % 7}`));
    await until(() => [...seen.values()].flat().length === 70);
    assert.ok(invoker.mostRunning > 1 && invoker.mostRunning <= 3);
    for (const numbers of seen.values()) {
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => Number(a) - Number(b)),
      );
    }
  });

  it("sends nothing after a stop, not even what it gathered", async () => {
    const invoker = await run(undefined, { windowSeconds: 100 });
    stream.put("a");
    await new Promise((resolve) => setImmediate(resolve));
    mapping?.stop();
    await clock.sleep(200_000);
    assert.deepEqual(invoker.calls, []);
  });

  it("goes on after a stop where it was, with the batch that was not done", async () => {
    let healed = false;
    const invoker = await run(
      async (numbers) => {
        if (numbers.includes("3") && !healed) throw new Error("broken");
        // Time for the next records to be read while these are handled.
        await clock.sleep(1);
      },
      { batchSize: 2 },
    );
    stream.put("a", "b", "c");
    await until(() => invoker.calls.length >= 2);
    mapping?.stop();
    const before = invoker.calls.length;
    await clock.sleep(100_000);
    assert.equal(invoker.calls.length, before);
    healed = true;
    await mapping?.start();
    await until(() => invoker.calls.length > before);
    assert.deepEqual(invoker.calls[before], ["3"]);
  });
});
